import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Branches } from "@/components/Branches";
import { Button } from "@/components/Button";
import { Turn } from "@/components/Turn";
import { LanguageName } from "@/components/Words";
import { Part } from "./Part";
import styles from "./publish.module.css";
import { grown, pruned, sizeOf, type Node } from "./samples";
import type { Sample } from "./types";

/** A few of its trees, one at a time. */
export function SamplesPart({ samples }: { samples: readonly Sample[] }) {
  const { t } = useTranslation("publish");
  const [at, setAt] = useState(0);
  const sample = samples[at];
  if (!sample) return null;
  const all = samples.length;
  const step = (by: number) => () => setAt((at + by + all) % all);
  return (
    <Part id="samples" title={t("part.samples")} lead={t("samplesHelp")}>
      <div className={styles["switch"]} role="group" aria-label={t("part.samples")}>
        {all > 1 && <Button icon="back" mirrored aria-label={t("previousSample")} onClick={step(-1)} />}
        <span aria-live="polite">
          {t("sampleOf", { place: at + 1, all })} · <LanguageName tag={sample.prompt.lang} />
        </span>
        {all > 1 && <Button icon="forward" mirrored aria-label={t("nextSample")} onClick={step(1)} />}
      </div>
      <Tree key={sample.message_tree_id} sample={sample} />
    </Part>
  );
}

// What is read without scrolling for long.
const FEW = 8;

function Tree({ sample }: { sample: Sample }) {
  const { t } = useTranslation("publish");
  const [whole, setWhole] = useState(false);
  const root = grown(sample.prompt);
  const size = sizeOf(root);
  const cut = !whole && size > FEW + 2;
  return (
    <>
      <Branches
        from={cut ? pruned(root, FEW) : root}
        label={(count) => t("replies", { count })}
        draw={(node) => <Message key={node.id} node={node} />}
      />
      {cut && (
        <Button className={styles["further"]} onClick={() => setWhole(true)}>
          {t("wholeTree", { count: size })}
        </Button>
      )}
    </>
  );
}

function Message({ node: { message, ranked } }: { node: Node }) {
  const { t } = useTranslation("publish");
  const reviews = message.review_count ?? 0;
  return (
    <Turn
      role={message.role}
      text={message.text}
      lang={message.lang}
      aside={
        <>
          {ranked && <strong className={styles["rank"]}>{t("ranked", ranked)}</strong>}
          {reviews > 0 && <span>{t("reviews", { count: reviews })}</span>}
        </>
      }
    />
  );
}
