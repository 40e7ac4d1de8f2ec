import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { useChangeMe, type Me } from "@/api/me";
import { Button } from "@/components/Button";
import { Select, TextField } from "@/components/Field";
import { Section } from "./Section";
import { useSaving } from "./saving";
import styles from "./settle.module.css";
import { Topics } from "./Topics";
import { detectedZone, zones } from "./zones";

export type Change = Schemas["PatchedProfileRequest"];

/** The name others see, what one likes to talk about, and where the day begins. */
export function ProfilePart({ me }: { me: Me }) {
  const { t } = useTranslation("settle");
  const { mutateAsync } = useChangeMe();
  const saving = useSaving<Change>(mutateAsync);
  const { save } = saving;
  return (
    <Section id="profile" title={t("profile.title")} saving={saving}>
      <Name
        key={me.display_name}
        name={me.display_name}
        onChange={(name) => void save({ display_name: name }, { display_name: me.display_name })}
      />
      <Topics topics={me.topics} onChange={(topics) => void save({ topics }, { topics: [...me.topics] })} />
      <Zone
        zone={me.time_zone}
        onChange={(zone) => void save({ time_zone: zone }, { time_zone: me.time_zone })}
      />
    </Section>
  );
}

function Name({ name, onChange }: { name: string; onChange: (name: string) => void }) {
  const { t } = useTranslation("settle");
  const [typed, setTyped] = useState(name);
  const hand = () => {
    if (typed.trim() !== name) onChange(typed.trim());
  };
  return (
    <TextField
      label={t("profile.name")}
      hint={t("profile.nameHelp")}
      autoComplete="nickname"
      maxLength={80}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={hand}
      onKeyDown={(event) => {
        if (event.key === "Enter") hand();
      }}
    />
  );
}

function Zone({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const { t } = useTranslation("settle");
  const here = detectedZone();
  return (
    <div className={styles["group"]}>
      <Select
        label={t("profile.zone")}
        hint={t("profile.zoneHelp")}
        value={zone}
        onChange={(event) => onChange(event.target.value)}
      >
        {zones(zone, here).map((one) => (
          <option key={one} value={one}>
            {one.replaceAll("_", " ")}
          </option>
        ))}
      </Select>
      {here !== zone && (
        <div className={styles["row"]}>
          <Button icon="clock" onClick={() => onChange(here)}>
            {t("profile.zoneHere", { zone: here.replaceAll("_", " ") })}
          </Button>
        </div>
      )}
    </div>
  );
}
