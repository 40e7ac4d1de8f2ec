import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DecisionDialog, type Settled } from "@/components/decision/DecisionDialog";
import { Select } from "@/components/Field";
import type { Profile, Role } from "../types";
import type { Made } from "../useDecided";
import { MANNERS, send, type Act } from "./acts";

interface Props {
  /** Null while nothing is decided. */
  act: Act | null;
  person: Profile;
  onClose: () => void;
  onDecided: (made: Made | null, words: string) => void;
}

/** Why somebody is warned, muted, shut out …; it is sent when that is said. */
export function ActDialog({ act, person, onClose, onDecided }: Props) {
  const { t } = useTranslation("oversee");
  const roles = person.roles_i_may_grant;
  const [role, setRole] = useState<Role>(roles[0] ?? person.role);
  const name = person.display_name || t("people.nameless");
  const shown = act ?? "warn";
  const sending = useMutation({
    mutationFn: (settled: Settled) => send(shown, person.id, settled, role),
    onSuccess: (made) => {
      onDecided(made, t(`acts.${shown}.done`, { name }));
      onClose();
    },
  });
  const close = () => {
    sending.reset();
    onClose();
  };
  const { asked } = MANNERS[shown];
  return (
    <DecisionDialog
      open={act !== null}
      onClose={close}
      onDecide={(settled) => sending.mutate(settled)}
      busy={sending.isPending}
      error={sending.error}
      title={t(`acts.${shown}.title`, { name })}
      lead={t(`acts.${shown}.lead`)}
      go={t(`acts.${shown}.go`)}
      more={act === "set_role" && <RoleChoice roles={roles} role={role} choose={setRole} />}
      {...asked}
    />
  );
}

interface RoleProps {
  roles: readonly Role[];
  role: Role;
  choose: (role: Role) => void;
}

function RoleChoice({ roles, role, choose }: RoleProps) {
  const { t } = useTranslation("oversee");
  return (
    <Select
      label={t("people.roleHead")}
      value={role}
      data-first
      onChange={(event) => choose(event.target.value as Role)}
    >
      {roles.map((one) => (
        <option key={one} value={one}>
          {t(`people.roles.${one}`)}
        </option>
      ))}
    </Select>
  );
}
