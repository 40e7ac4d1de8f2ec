import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useRegisterSW } from "virtual:pwa-register/react";
import { useSay } from "@/components/Toasts";

/** Says when a new version has been fetched. It is loaded when the person says so: they may be writing. */
export function Updates() {
  const { t } = useTranslation();
  const say = useSay();
  const {
    needRefresh: [isNew],
    updateServiceWorker,
  } = useRegisterSW();
  useEffect(() => {
    if (!isNew) return;
    say(t("update.text"), {
      action: { label: t("update.action"), run: () => void updateServiceWorker(true) },
      seconds: 60,
    });
  }, [isNew, say, t, updateServiceWorker]);
  return null;
}
