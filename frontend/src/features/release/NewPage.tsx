import { useTranslation } from "react-i18next";
import { useMe } from "@/api/me";
import { ForModerators } from "@/components/moderation/ForModerators";
import { Loading, Note, Trouble } from "@/components/States";
import { useOptions } from "./asking";
import { Frame } from "./Frame";
import { OrderForm } from "./OrderForm";

/** Order a release: say what goes in, see what that comes to, and hand it in. */
export default function NewPage() {
  return (
    <ForModerators>
      <Shown />
    </ForModerators>
  );
}

function Shown() {
  const { t } = useTranslation("release");
  const mayOrder = useMe().data?.role === "admin";
  const options = useOptions();
  return (
    <Frame title={t("new.title")} lead={t("new.lead")} under>
      {!mayOrder && <Note title={t("onlyAdmins")} />}
      {options.isPending && <Loading lines={8} />}
      {options.error && <Trouble error={options.error} retry={() => void options.refetch()} />}
      {options.data && <OrderForm options={options.data} mayOrder={mayOrder} />}
    </Frame>
  );
}
