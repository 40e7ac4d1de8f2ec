import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { Card, Page } from "@/components/Page";
import { Loading, Trouble } from "@/components/States";
import { Count } from "@/components/Words";
import styles from "./CommunityPage.module.css";

/** What points are for, from the rules in force: no other formula exists. */
export default function FormulaPage() {
  const { t } = useTranslation("compete");
  const formula = useQuery({
    queryKey: ["community", "formula"],
    queryFn: () => data(api.GET("/api/v1/community/formula")),
  });
  return (
    <Page title={t("formulaTitle")} lead={t("formulaLead")}>
      {formula.error && <Trouble error={formula.error} retry={() => void formula.refetch()} />}
      {formula.isPending && <Loading lines={8} />}
      {formula.data && (
        <Card as="div">
          <table className={styles["board"]}>
            <thead>
              <tr>
                <th scope="col">{t("whatFor")}</th>
                <th scope="col" className={styles["number"]}>
                  {t("points")}
                </th>
              </tr>
            </thead>
            <tbody>
              {formula.data.rules.map((rule) => (
                <tr key={rule.code}>
                  <td>
                    <strong>{rule.title}</strong>
                    <br />
                    <span className="soft small">{rule.help}</span>
                  </td>
                  <td className={styles["number"]}>
                    <Count of={rule.points} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      )}
      <p className="soft">{t("formulaNote")}</p>
    </Page>
  );
}
