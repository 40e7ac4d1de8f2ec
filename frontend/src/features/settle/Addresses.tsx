import { useState } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import {
  askForAddress,
  confirmEmail,
  confirmsByCode,
  dropAddress,
  mailAgain,
  myAddresses,
  settleAddress,
  type Address,
} from "@/api/auth";
import { ME } from "@/api/me";
import { Button } from "@/components/Button";
import { CodeField, EmailField, Form, wrong } from "@/components/Form";
import { Loading, Note, Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import styles from "./settle.module.css";

const ADDRESSES = ["addresses"] as const;

/** The address in use, and the one that is to take its place once it is confirmed. */
export function Addresses() {
  const { t } = useTranslation(["settle", "common"]);
  const [open, setOpen] = useState(false);
  const queries = useQueryClient();
  const addresses = useQuery({ queryKey: ADDRESSES, queryFn: myAddresses });
  const change = useMutation({
    mutationFn: ({ email }: Record<string, string>) => askForAddress(email!.trim()),
    onSuccess: (all) => {
      setOpen(false);
      queries.setQueryData(ADDRESSES, all);
    },
  });
  if (addresses.error) return <Trouble error={addresses.error} retry={() => void addresses.refetch()} />;
  if (!addresses.data) return <Loading lines={2} />;
  const now = addresses.data.find((one) => one.primary);
  const coming = addresses.data.find((one) => !one.primary);
  return (
    <div className={styles["group"]}>
      <h3>{t("common:field.email")}</h3>
      {now && <p dir="ltr">{now.email}</p>}
      {now && !now.verified && <Unconfirmed address={now} />}
      {coming && <Coming address={coming} />}
      {!open && (
        <div className={styles["row"]}>
          <Button onClick={() => setOpen(true)}>{t("account.changeEmail")}</Button>
        </div>
      )}
      {open && (
        <Form
          onSubmit={(values) => change.mutate(values)}
          error={change.error}
          fields={["email"]}
          action={t("account.sendConfirmation")}
          busy={change.isPending}
        >
          <EmailField error={wrong(change.error, "email")} />
        </Form>
      )}
    </div>
  );
}

function Unconfirmed({ address }: { address: Address }) {
  const { t } = useTranslation("settle");
  return (
    <Note title={t("account.unconfirmed")} actions={<Again email={address.email} />}>
      {t("account.unconfirmedHelp")}
    </Note>
  );
}

/** A new address: its mail has gone out. With a code it is confirmed here, with a link from the mail. */
function Coming({ address }: { address: Address }) {
  const { t } = useTranslation("settle");
  const queries = useQueryClient();
  const byCode = useQuery({ queryKey: ["confirms-by-code"], queryFn: confirmsByCode, staleTime: Infinity });
  const renew = async () => {
    await queries.invalidateQueries({ queryKey: ADDRESSES });
    await queries.invalidateQueries({ queryKey: ME });
  };
  const confirm = useMutation({
    mutationFn: async ({ code }: Record<string, string>) => {
      await confirmEmail(code!);
      await settleAddress();
    },
    onSuccess: renew,
  });
  const drop = useMutation({ mutationFn: () => dropAddress(address.email), onSuccess: renew });
  return (
    <Note
      tone="warn"
      title={t("account.coming", { email: address.email })}
      actions={
        <>
          <Again email={address.email} />
          <Button look="bare" busy={drop.isPending} onClick={() => drop.mutate()}>
            {t("account.drop")}
          </Button>
        </>
      }
    >
      <p>{t(byCode.data ? "account.comingCode" : "account.comingLink")}</p>
      {byCode.data && (
        <Form
          onSubmit={(values) => confirm.mutate(values)}
          error={confirm.error}
          fields={["key"]}
          action={t("account.confirm")}
          busy={confirm.isPending}
        >
          <CodeField placeholder="XXXX-XXXX" error={wrong(confirm.error, "key")} />
        </Form>
      )}
      {drop.error && <Trouble error={drop.error} />}
    </Note>
  );
}

function Again({ email }: { email: string }) {
  const { t } = useTranslation("settle");
  const say = useSay();
  const again = useMutation({
    mutationFn: () => mailAgain(email),
    onSuccess: () => say(t("account.sentAgain")),
  });
  return (
    <>
      <Button busy={again.isPending} onClick={() => again.mutate()}>
        {t("account.again")}
      </Button>
      {again.error && <Trouble error={again.error} />}
    </>
  );
}
