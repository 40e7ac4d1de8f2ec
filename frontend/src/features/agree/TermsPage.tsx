import { useState } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useNavigate, useSearchParams } from "react-router";
import { useSignOut } from "@/api/auth";
import { api, data, type Schemas } from "@/api/client";
import { ME, useMe, type Me } from "@/api/me";
import { isProblem } from "@/api/problems";
import { Button, ButtonLink } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Markdown } from "@/components/Markdown";
import { Page } from "@/components/Page";
import { PathHint } from "@/components/PathHint";
import { Empty, Loading, Note, Trouble } from "@/components/States";
import { safeNext } from "@/lib/next";
import { absoluteDay } from "@/lib/time";
import styles from "./TermsPage.module.css";

type Terms = Schemas["Terms"];

/** The terms, for anybody to read; and to accept, for who is signed in and has not. */
export default function TermsPage() {
  const { t, i18n } = useTranslation("agree");
  const { data: me } = useMe();
  const [params] = useSearchParams();
  const next = params.get("next");
  const terms = useQuery({
    queryKey: ["terms"],
    queryFn: () => data(api.GET("/api/v1/terms")),
    staleTime: 0,
  });
  if (isProblem(terms.error, "no_terms")) {
    if (next) return <Navigate to={safeNext(next, "/")} replace />;
    return <Empty title={t("none")} />;
  }
  const open = me != null && me.terms.accepted === null;
  return (
    <Page
      title={t("title")}
      lead={
        terms.data &&
        t("version", {
          version: terms.data.version,
          date: absoluteDay(terms.data.published_at, i18n.language),
        })
      }
    >
      {open && me.onboarded_at === null && <PathHint at="terms" />}
      {open && <Note title={t("why")}>{t("whyHelp")}</Note>}
      {terms.error && <Trouble error={terms.error} retry={() => void terms.refetch()} />}
      {terms.isPending && <Loading lines={8} />}
      {terms.data && (
        <>
          <Markdown text={unwrapped(terms.data.text)} />
          {me && <Choice me={me} terms={terms.data} next={next} />}
        </>
      )}
    </Page>
  );
}

/** The text as it was written, less the breaks that a text file has at the end of its lines. */
function unwrapped(text: string): string {
  return text.replace(/(\S)\n +(?=[^\s\d*+-])/g, "$1 ");
}

function Choice({ me, terms, next }: { me: Me; terms: Terms; next: string | null }) {
  const { t } = useTranslation("agree");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const accept = useMutation({
    mutationFn: () =>
      data(api.POST("/api/v1/me/consents", { body: { version: terms.version, given: true } })),
    onSuccess: async ({ version }) => {
      queries.setQueryData<Me>(ME, { ...me, terms: { ...me.terms, accepted: version } });
      await navigate(safeNext(next, "/"));
    },
    // Newer terms came out while these were read.
    onError: () => void queries.invalidateQueries({ queryKey: ["terms"] }),
  });
  if (me.terms.accepted === terms.version) return <Accepted next={next} />;
  return (
    <>
      {accept.error && <Trouble error={accept.error} />}
      <div className={styles["choice"]}>
        <Button look="primary" large busy={accept.isPending} onClick={() => accept.mutate()}>
          {t("accept")}
        </Button>
        <Button look="bare" onClick={() => setAsking(true)}>
          {t("decline")}
        </Button>
      </div>
      <Declined open={asking} onClose={() => setAsking(false)} />
    </>
  );
}

function Accepted({ next }: { next: string | null }) {
  const { t } = useTranslation("agree");
  return (
    <Note
      tone="good"
      title={t("accepted")}
      actions={
        next ? (
          <ButtonLink look="primary" to={safeNext(next, "/")}>
            {t("goOn")}
          </ButtonLink>
        ) : (
          <Link to="/me/settings#privacy">{t("withdraw")}</Link>
        )
      }
    />
  );
}

function Declined({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation("agree");
  const signOut = useSignOut();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("declined.title")}
      actions={
        <>
          <Button busy={signOut.isPending} onClick={() => signOut.mutate()}>
            {t("declined.signOut")}
          </Button>
          <Button look="primary" onClick={onClose}>
            {t("declined.back")}
          </Button>
        </>
      }
    >
      <div className={styles["meaning"]}>
        <p>{t("declined.text")}</p>
        <p>{t("declined.later")}</p>
        <p>
          <Link to="/me/settings#leave">{t("declined.leave")}</Link>
        </p>
      </div>
    </Dialog>
  );
}
