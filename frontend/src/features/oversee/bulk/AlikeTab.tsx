import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Button } from "@/components/Button";
import { Select } from "@/components/Field";
import { Empty, Loading, Trouble } from "@/components/States";
import { Ago, Key } from "@/components/Words";
import { useHotkeys } from "@/lib/hotkeys";
import { COMMON_LANGUAGES, languageName } from "@/lib/languages";
import { percent } from "../figures";
import { Samples } from "../Samples";
import type { Cluster } from "../types";
import { useAddress } from "../useAddress";
import styles from "./bulk.module.css";
import { useClusters } from "./useBulk";

const BEGINNING = { tab: "", lang: "", min_size: "3", days: "30" };
const SIZES = ["3", "5", "10", "25"] as const;
const DAYS = ["1", "7", "30", "90"] as const;
/** So many have a key. */
const KEYED = 9;

/** Where many messages say nearly the same; one key chooses all of them. */
export function AlikeTab() {
  const { t } = useTranslation("oversee");
  const [asked, change] = useAddress(BEGINNING);
  const { data, error, refetch, isPending, isPlaceholderData } = useClusters(asked);
  const navigate = useNavigate();
  const choose = ({ message_id }: Cluster) => void navigate({ search: `?like=${message_id}` });
  useHotkeys(
    (data ?? []).slice(0, KEYED).map((cluster, place) => ({
      keys: String(place + 1),
      label: t("alike.choose"),
      run: () => choose(cluster),
    })),
  );
  return (
    <>
      <Narrow asked={asked} change={change} />
      {isPending && <Loading lines={6} />}
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {data?.length === 0 && <Empty title={t("alike.nothing")}>{t("alike.nothingHelp")}</Empty>}
      {data && data.length > 0 && (
        <ol className={`${styles["clusters"]} ${isPlaceholderData ? styles["old"] : ""}`}>
          {data.map((cluster, place) => (
            <li key={cluster.message_id}>
              <One
                cluster={cluster}
                number={place < KEYED ? String(place + 1) : null}
                choose={() => choose(cluster)}
              />
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

interface NarrowProps {
  asked: typeof BEGINNING;
  change: (part: Partial<typeof BEGINNING>) => void;
}

function Narrow({ asked, change }: NarrowProps) {
  const { t, i18n } = useTranslation("oversee");
  return (
    <div className={styles["choices"]}>
      <Select
        label={t("bulk.lang")}
        value={asked.lang}
        onChange={(event) => change({ lang: event.target.value })}
      >
        <option value="">{t("common:any")}</option>
        {COMMON_LANGUAGES.map((tag) => (
          <option key={tag} value={tag}>
            {languageName(tag, i18n.language)}
          </option>
        ))}
      </Select>
      <Select
        label={t("alike.size")}
        value={asked.min_size}
        onChange={(event) => change({ min_size: event.target.value })}
      >
        {SIZES.map((size) => (
          <option key={size} value={size}>
            {t("alike.atLeast", { count: Number(size) })}
          </option>
        ))}
      </Select>
      <Select
        label={t("alike.when")}
        value={asked.days}
        onChange={(event) => change({ days: event.target.value })}
      >
        {DAYS.map((days) => (
          <option key={days} value={days}>
            {t("alike.days", { count: Number(days) })}
          </option>
        ))}
      </Select>
    </div>
  );
}

interface OneProps {
  cluster: Cluster;
  /** The key that chooses it. */
  number: string | null;
  choose: () => void;
}

function One({ cluster, number, choose }: OneProps) {
  const { t, i18n } = useTranslation("oversee");
  const accounts = t("alike.accounts", { count: cluster.accounts });
  const same = cluster.likeness_low >= 1;
  return (
    <article className={styles["cluster"]}>
      <h2>{t("alike.heading", { count: cluster.size, accounts })}</h2>
      <p className={styles["facts"]}>
        <span>{t("alike.live", { count: cluster.live })}</span>
        <span>
          {same
            ? t("alike.same")
            : t("alike.likeness", { share: percent(cluster.likeness_low, i18n.language) })}
        </span>
        <span>
          {t("alike.first")} <Ago at={cluster.first_at} />
        </span>
        <span>
          {t("alike.last")} <Ago at={cluster.last_at} />
        </span>
      </p>
      <Samples samples={cluster.samples} />
      <div>
        <Button aria-keyshortcuts={number ?? undefined} onClick={choose}>
          {t("alike.choose")}
          {number && (
            <span className={styles["key"]} aria-hidden="true">
              <Key>{number}</Key>
            </span>
          )}
        </Button>
      </div>
    </article>
  );
}
