import { useState } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, data, type Schemas } from "@/api/client";
import type { Me } from "@/api/me";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Loading, Trouble } from "@/components/States";
import { useSay } from "@/components/Toasts";
import { absoluteDay } from "@/lib/time";
import { NewToken } from "./NewToken";
import { Section } from "./Section";
import styles from "./settle.module.css";

type Token = Schemas["Token"];

export const TOKENS = ["tokens"] as const;

/** Keys with which programs act for a person. */
export function TokensPart({ me }: { me: Me }) {
  const { t } = useTranslation("settle");
  const [making, setMaking] = useState(false);
  const tokens = useQuery({ queryKey: TOKENS, queryFn: () => data(api.GET("/api/v1/me/tokens")) });
  const live = tokens.data?.results.filter(isLive) ?? [];
  return (
    <Section
      id="tokens"
      title={t("tokens.title")}
      lead={
        <>
          {t("tokens.lead")} <a href="/api/v1/docs">{t("tokens.docs")}</a>
        </>
      }
    >
      {tokens.error && <Trouble error={tokens.error} retry={() => void tokens.refetch()} />}
      {tokens.isPending && <Loading lines={2} />}
      {live.length > 0 && (
        <ul className={styles["tokens"]}>
          {live.map((token) => (
            <OneToken key={token.id} token={token} />
          ))}
        </ul>
      )}
      <div className={styles["row"]}>
        <Button icon="key" onClick={() => setMaking(true)}>
          {t("tokens.make")}
        </Button>
      </div>
      <NewToken open={making} onClose={() => setMaking(false)} role={me.role} />
    </Section>
  );
}

function isLive(token: Token): boolean {
  return token.revoked_at === null && new Date(token.expires_at) > new Date();
}

function OneToken({ token }: { token: Token }) {
  const { t, i18n } = useTranslation(["settle", "common"]);
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const say = useSay();
  const revoke = useMutation({
    mutationFn: () =>
      data(api.DELETE("/api/v1/me/tokens/{token_id}", { params: { path: { token_id: token.id } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: TOKENS });
      say(t("tokens.revoked", { name: token.name }));
    },
  });
  const day = (when: string) => absoluteDay(when, i18n.language);
  return (
    <li className={styles["token"]}>
      <div>
        <strong>
          <bdi>{token.name}</bdi>
        </strong>
        <p className="soft small">{token.scopes.map((scope) => t(`tokens.scope.${scope}`)).join(" · ")}</p>
        <p className="soft small">
          {t("tokens.life", { made: day(token.created_at), expires: day(token.expires_at) })}
        </p>
      </div>
      <Button onClick={() => setAsking(true)} aria-label={t("tokens.revokeNamed", { name: token.name })}>
        {t("tokens.revoke")}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("tokens.revokeTitle", { name: token.name })}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("common:cancel")}</Button>
            <Button look="danger" busy={revoke.isPending} onClick={() => revoke.mutate()}>
              {t("tokens.revoke")}
            </Button>
          </>
        }
      >
        {revoke.error && <Trouble error={revoke.error} />}
        <p>{t("tokens.revokeHelp")}</p>
      </Dialog>
    </li>
  );
}
