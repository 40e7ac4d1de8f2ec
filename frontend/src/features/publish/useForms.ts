import { useTranslation } from "react-i18next";
import { FORMS } from "./files";

/** Forms in words; one that these pages don't know yet is called as the server calls it. */
export function useForms(): (form: string) => { title: string; help: string } {
  const { t } = useTranslation("publish");
  return (form) => {
    const known = form === "" ? "about" : (FORMS as readonly string[]).includes(form) ? form : null;
    return known ? { title: t(`form.${known}`), help: t(`formHelp.${known}`) } : { title: form, help: "" };
  };
}
