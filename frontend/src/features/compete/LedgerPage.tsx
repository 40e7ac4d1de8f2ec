import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLedger } from "@/api/community";
import { Button, ButtonLink } from "@/components/Button";
import { Card, Page } from "@/components/Page";
import { Empty, Loading, Trouble } from "@/components/States";
import { Ago, LanguageName } from "@/components/Words";
import styles from "./CommunityPage.module.css";

/** Every line of my points: for what, how many, when. Lines are only added. */
export default function LedgerPage() {
  const { t, i18n } = useTranslation("compete");
  const ledger = useLedger();
  const lines = ledger.data?.pages.flatMap((page) => page.results) ?? [];
  const signed = new Intl.NumberFormat(i18n.language, { signDisplay: "exceptZero" });
  return (
    <Page
      title={t("ledgerTitle")}
      lead={t("ledgerLead")}
      actions={
        <ButtonLink icon="info" to="/community/formula">
          {t("formula")}
        </ButtonLink>
      }
    >
      {ledger.error && <Trouble error={ledger.error} retry={() => void ledger.refetch()} />}
      {ledger.isPending && <Loading lines={8} />}
      {ledger.data && lines.length === 0 && (
        <Empty
          title={t("ledgerEmpty")}
          action={
            <ButtonLink look="primary" to="/task">
              {t("choose:give")}
            </ButtonLink>
          }
        />
      )}
      {lines.length > 0 && (
        <Card as="div">
          <table className={styles["board"]}>
            <thead>
              <tr>
                <th scope="col">{t("whatFor")}</th>
                <th scope="col">{t("when")}</th>
                <th scope="col" className={styles["number"]}>
                  {t("points")}
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.id}>
                  <td>
                    {line.tree_id ? (
                      <Link
                        to={`/trees/${line.tree_id}${line.message_id ? `?message=${line.message_id}` : ""}`}
                      >
                        {line.reason_text}
                      </Link>
                    ) : (
                      line.reason_text
                    )}
                    {line.lang && (
                      <span className="soft small">
                        {" "}
                        · <LanguageName tag={line.lang} />
                      </span>
                    )}
                  </td>
                  <td className="soft small">
                    <Ago at={line.at} />
                  </td>
                  <td className={styles["number"]}>{signed.format(line.points)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      )}
      {ledger.hasNextPage && (
        <Button onClick={() => void ledger.fetchNextPage()} busy={ledger.isFetchingNextPage}>
          {t("common:showMore")}
        </Button>
      )}
    </Page>
  );
}
