import { useId, useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, data, type Schemas } from "@/api/client";
import type { Me } from "@/api/me";
import { problemOf } from "@/api/problems";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { CheckBox, Select, TextField } from "@/components/Field";
import { Note, Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import styles from "./settle.module.css";

type Scope = Schemas["ScopesEnum"];

const DAYS = [7, 30, 90, 180, 365] as const;

interface Props {
  open: boolean;
  onClose: () => void;
  role: Me["role"];
}

/** What a new token may do and for how long; then its secret, this once. */
export function NewToken({ open, onClose, role }: Props) {
  const { t } = useTranslation("settle");
  const queries = useQueryClient();
  const [secret, setSecret] = useState<string | null>(null);
  const close = () => {
    setSecret(null);
    onClose();
    void queries.invalidateQueries({ queryKey: ["tokens"] });
  };
  return (
    <Dialog open={open} onClose={close} title={t(secret ? "tokens.madeTitle" : "tokens.make")}>
      {secret ? <Secret secret={secret} onDone={close} /> : <Make role={role} onMade={setSecret} />}
    </Dialog>
  );
}

function Make({ role, onMade }: { role: Me["role"]; onMade: (secret: string) => void }) {
  const { t } = useTranslation("settle");
  const [name, setName] = useState("");
  const [days, setDays] = useState(90);
  const [scopes, setScopes] = useState<readonly Scope[]>(["read"]);
  const id = useId();
  const make = useMutation({
    mutationFn: () =>
      data(api.POST("/api/v1/me/tokens", { body: { name: name.trim(), scopes: [...scopes], days } })),
    onSuccess: (made) => onMade(made.secret),
  });
  const offered: Scope[] = role === "volunteer" ? ["read", "work"] : ["read", "work", "moderate"];
  const toggle = (scope: Scope) =>
    setScopes(scopes.includes(scope) ? scopes.filter((one) => one !== scope) : [...scopes, scope]);
  const nameWrong = make.error ? problemOf(make.error).errors["name"]?.join(" ") : undefined;
  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      {make.error && !nameWrong && <Trouble error={make.error} />}
      <TextField
        label={t("tokens.name")}
        hint={t("tokens.nameHelp")}
        required
        maxLength={80}
        autoComplete="off"
        value={name}
        error={nameWrong}
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset className={styles["group"]} aria-labelledby={id}>
        <legend id={id}>{t("tokens.scopes")}</legend>
        {offered.map((scope) => (
          <CheckBox
            key={scope}
            label={t(`tokens.scope.${scope}`)}
            hint={t(`tokens.scopeHelp.${scope}`)}
            checked={scopes.includes(scope)}
            onChange={() => toggle(scope)}
          />
        ))}
      </fieldset>
      <Select label={t("tokens.days")} value={days} onChange={(event) => setDays(Number(event.target.value))}>
        {DAYS.map((count) => (
          <option key={count} value={count}>
            {t("tokens.daysCount", { count })}
          </option>
        ))}
      </Select>
      <Button
        type="submit"
        look="primary"
        busy={make.isPending}
        disabled={!name.trim() || scopes.length === 0}
      >
        {t("tokens.make")}
      </Button>
    </form>
  );
}

function Secret({ secret, onDone }: { secret: string; onDone: () => void }) {
  const { t } = useTranslation(["settle", "common"]);
  const say = useSay();
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    say(t("common:copied"));
  };
  return (
    <div className={styles["form"]}>
      <Note tone="warn" title={t("tokens.once")}>
        {t("tokens.onceHelp")}
      </Note>
      <code className={styles["secret"]} dir="ltr">
        {secret}
      </code>
      <div className={styles["row"]}>
        <Button look="primary" onClick={() => void copy()}>
          {t("tokens.copy")}
        </Button>
        <Button onClick={onDone}>{t("tokens.done")}</Button>
      </div>
    </div>
  );
}
