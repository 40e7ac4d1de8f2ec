import { useRef, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Wide } from "@/components/Wide";
import { Ago, Count } from "@/components/Words";
import { useHotkeys } from "@/lib/hotkeys";
import { StatusChips } from "../StatusChips";
import type { Person } from "../types";
import styles from "./people.module.css";

interface Props {
  people: readonly Person[];
}

const COUNTS = ["messages", "rejected", "deleted"] as const;

export function PeopleTable({ people }: Props) {
  const { t } = useTranslation("oversee");
  const box = useRef<HTMLTableElement>(null);
  useWalk(box);
  const heads = ["person", "roleHead", "statusHead", "joined", "lastActive"] as const;
  return (
    <Wide name={t("people.title")}>
      <table ref={box} className={styles["table"]}>
        <caption className="visually-hidden">{t("people.title")}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {t(`people.${head}`)}
              </th>
            ))}
            {COUNTS.map((head) => (
              <th key={head} scope="col" className={styles["number"]}>
                {t(`people.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">
                <Name person={person} />
              </th>
              <td>{t(`people.roles.${person.role}`)}</td>
              <td>
                <StatusChips of={person} />
              </td>
              <td>
                <Ago at={person.created_at} />
              </td>
              <td>
                <LastActive person={person} />
              </td>
              {COUNTS.map((name) => (
                <td key={name} className={styles["number"]}>
                  <Count of={person[name]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

export function PeopleCards({ people }: Props) {
  const { t } = useTranslation("oversee");
  const box = useRef<HTMLUListElement>(null);
  useWalk(box);
  return (
    <ul ref={box} className={styles["cards"]}>
      {people.map((person) => (
        <li key={person.id} className={styles["card"]}>
          <Name person={person} />
          <p className={styles["facts"]}>
            <span>{t(`people.roles.${person.role}`)}</span>
            <span>
              {t("people.joined")} <Ago at={person.created_at} />
            </span>
            <span>
              {t("people.lastActive")} <LastActive person={person} />
            </span>
          </p>
          <StatusChips of={person} quiet />
          <p className={styles["facts"]}>
            {COUNTS.map((name) => (
              <span key={name}>{t(`people.counted.${name}`, { count: person[name] })}</span>
            ))}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Name({ person }: { person: Person }) {
  const { t } = useTranslation("oversee");
  return (
    <span className={styles["name"]}>
      <Link to={`/moderate/people/${person.id}`}>
        <bdi>{person.display_name || t("people.nameless")}</bdi>
      </Link>
      {person.email && (
        <span className="soft small" dir="ltr">
          {person.email}
        </span>
      )}
    </span>
  );
}

function LastActive({ person }: { person: Person }) {
  const { t } = useTranslation("oversee");
  return person.last_active ? <Ago at={person.last_active} /> : <>{t("people.never")}</>;
}

/** J and K go from one to the next. */
function useWalk(box: RefObject<HTMLElement | null>): void {
  const { t } = useTranslation("oversee");
  const step = (by: number) => () => {
    const links = [...(box.current?.querySelectorAll<HTMLElement>("a") ?? [])];
    const here = links.indexOf(document.activeElement as HTMLElement);
    links[here < 0 ? 0 : Math.min(Math.max(here + by, 0), links.length - 1)]?.focus();
  };
  useHotkeys([
    { keys: "j", label: t("keyNext"), run: step(1) },
    { keys: "k", label: t("keyPrevious"), run: step(-1) },
  ]);
}
