import { useTranslation } from "react-i18next";
import { Card } from "@/components/Page";
import { Count } from "@/components/Words";
import { size } from "@/lib/size";
import { fileAddress } from "./progress";
import styles from "./release.module.css";
import { Table } from "./Table";
import type { Release } from "./types";

/** The files, each with how to tell that it has come whole. */
export function FilesPart({ release: { name, state, files } }: { release: Release }) {
  const { t, i18n } = useTranslation("release");
  const all = files.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <Card className={styles["part"] ?? ""} aria-labelledby="files">
      <h2 id="files">{t("files.title")}</h2>
      {files.length === 0 && <p className="soft">{t("files.notYet")}</p>}
      {files.length > 0 && (
        <>
          <p className="soft">{t("files.all", { size: size(all, i18n.language) })}</p>
          <Table
            title={t("files.title")}
            heads={[t("files.file"), t("files.rows"), t("files.size"), t("files.sum")]}
            rows={files.map((file) => ({
              key: file.path,
              cells: [
                <a
                  key="path"
                  className={styles["way"]}
                  dir="ltr"
                  href={fileAddress(name, state, file.path)}
                  download
                >
                  {file.path}
                </a>,
                file.rows > 0 ? <Count key="rows" of={file.rows} /> : "",
                size(file.bytes, i18n.language),
                <code key="sum" dir="ltr" className={styles["sum"]}>
                  {file.sha256}
                </code>,
              ],
            }))}
          />
        </>
      )}
    </Card>
  );
}
