import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { addressOf, confirmEmail, settleAddress, useArrive } from "@/api/auth";
import { Button, ButtonLink } from "@/components/Button";
import { Page } from "@/components/Page";
import { Loading, Note } from "@/components/States";
import { problemOf } from "@/api/problems";
import { Trouble } from "@/components/States";

/** Where the link of a mail leads. One press, so that programs that follow links confirm nothing. */
export default function VerifyPage() {
  const { t } = useTranslation("enter");
  const { key = "" } = useParams();
  const arrive = useArrive();
  const address = useQuery({ queryKey: ["standing", "link", key], queryFn: () => addressOf(key) });
  const confirm = useMutation({
    mutationFn: async () => {
      const { state } = await confirmEmail(key);
      if (state !== "in") return false;
      await settleAddress();
      await arrive();
      return true;
    },
  });
  if (confirm.isSuccess) return <Confirmed isIn={confirm.data} />;
  const error = confirm.error ?? address.error;
  return (
    <Page title={t("link.title")} width="narrow">
      {error ? (
        <Refused error={error} retry={() => void address.refetch()} />
      ) : address.data === undefined ? (
        <Loading lines={2} />
      ) : (
        <>
          <p>{t("link.lead", { email: address.data })}</p>
          <Button look="primary" large busy={confirm.isPending} onClick={() => confirm.mutate()}>
            {t("link.action")}
          </Button>
        </>
      )}
    </Page>
  );
}

function Confirmed({ isIn }: { isIn: boolean }) {
  const { t } = useTranslation("enter");
  return (
    <Page title={t("link.done")} lead={isIn ? t("link.doneIn") : t("link.doneOut")} width="narrow">
      <ButtonLink look="primary" large to={isIn ? "/" : "/account/sign-in"}>
        {isIn ? t("link.goOn") : t("signIn.title")}
      </ButtonLink>
    </Page>
  );
}

function Refused({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation("enter");
  if (problemOf(error).status !== 400) return <Trouble error={error} retry={retry} />;
  return (
    <Note
      tone="warn"
      live
      title={t("link.old")}
      actions={<ButtonLink to="/me/settings#account">{t("link.toSettings")}</ButtonLink>}
    >
      {t("link.oldHelp")}
    </Note>
  );
}
