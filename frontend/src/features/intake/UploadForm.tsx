import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Button } from "@/components/Button";
import { CheckBox } from "@/components/Field";
import { wrong } from "@/components/Form";
import { Card } from "@/components/Page";
import { Meter, Trouble } from "@/components/States";
import { size } from "@/lib/size";
import { useLimits } from "./asking";
import { DropField } from "./DropField";
import styles from "./intake.module.css";
import { INTO } from "./types";
import { useSending } from "./useSending";
import { USUAL, wrongWith, type Wish } from "./wish";
import { WishFields } from "./WishFields";

/** A file and what shall become of it, sent with its progress to be seen. */
export function UploadForm() {
  const { t, i18n } = useTranslation("intake");
  const navigate = useNavigate();
  // Not known, or not yet: then the server says so.
  const limit = useLimits().data?.most_bytes;
  const form = useRef<HTMLFormElement>(null);
  const [wish, setWish] = useState(USUAL);
  const [tried, setTried] = useState(false);
  const sending = useSending((made) => void navigate(`/moderate/imports/${made.id}`));
  const change = (part: Partial<Wish>) => setWish((now) => ({ ...now, ...part }));
  const lacks = wrongWith(wish.file, limit);
  // A file that is too large or empty is told of at once; that there is none, when it is asked for.
  const said =
    lacks && (tried || wish.file) ? t(lacks, { size: size(limit ?? 0, i18n.language) }) : undefined;
  return (
    <Card className={styles["part"] ?? ""} aria-labelledby="upload">
      <h2 id="upload">{t("upload.title")}</h2>
      <form
        ref={form}
        className={styles["part"]}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (lacks) form.current?.querySelector<HTMLElement>("[type=file]")?.focus();
          else if (!sending.busy) sending.start(wish);
        }}
      >
        <DropField
          file={wish.file}
          choose={(file) => change({ file })}
          limit={limit}
          error={said ?? wrong(sending.error, "file")}
        />
        <IntoField into={wish.into} choose={(into) => change({ into })} />
        <WishFields wish={wish} change={change} error={sending.error} />
        <CheckBox
          label={t("upload.dryRun")}
          hint={t("upload.dryRunHint")}
          checked={wish.dry_run}
          onChange={(event) => change({ dry_run: event.target.checked })}
        />
        {sending.error && <Trouble error={sending.error} />}
        {sending.busy ? (
          <Sending share={sending.share} stop={sending.stop} />
        ) : (
          <div>
            <Button type="submit" look="primary" large>
              {t(wish.dry_run ? "upload.goTry" : "upload.go")}
            </Button>
          </div>
        )}
      </form>
    </Card>
  );
}

function IntoField({ into, choose }: { into: Wish["into"]; choose: (into: Wish["into"]) => void }) {
  const { t } = useTranslation("intake");
  const id = useId();
  return (
    <fieldset className={styles["choices"]}>
      <legend>{t("upload.into")}</legend>
      {INTO.map((one) => (
        <label key={one} className={styles["tell"]}>
          <input type="radio" name={id} checked={into === one} onChange={() => choose(one)} />
          <span>{t(`upload.intoIs.${one}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Sending({ share, stop }: { share: number; stop: () => void }) {
  const { t, i18n } = useTranslation("intake");
  const percent = new Intl.NumberFormat(i18n.language, { style: "percent" }).format(share);
  const words = t("upload.sending", { percent });
  const box = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone.
  useEffect(() => box.current?.querySelector("button")?.focus(), []);
  return (
    <div ref={box} className={styles["part"]}>
      <Meter value={share} label={words} />
      <p className={styles["facts"]}>
        <span>{words}</span>
        <span>{t("upload.stay")}</span>
      </p>
      <div>
        <Button onClick={stop}>{t("upload.stop")}</Button>
      </div>
    </div>
  );
}
