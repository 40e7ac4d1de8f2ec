import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { ForModerators } from "@/components/moderation/ForModerators";
import { Places } from "@/components/moderation/Places";
import { TaskSheet } from "@/components/task/TaskSheet";
import { CaseDesk, useCaseKeys, useHands } from "./CaseDesk";
import { useDesk } from "./useDesk";
import { VerbBar } from "./VerbBar";

/** One case by its address, open or closed: what it was about, who decided, and a way to decide or undo. */
export default function CasePage() {
  return (
    <ForModerators>
      <One />
    </ForModerators>
  );
}

function One() {
  const { t } = useTranslation("moderate");
  const { id = "" } = useParams();
  const navigate = useNavigate();
  const desk = useDesk({
    asked: { cause: "", lang: "" },
    go: (to) => to !== null && to !== id && void navigate(`/moderate/cases/${to}`),
    onwards: false,
  });
  const held = useHands(desk, id, false);
  const { one } = held.hands;
  useCaseKeys(held.hands, desk, null);
  return (
    <TaskSheet
      of="case"
      wide
      title={t("cases.one")}
      bar={one && <VerbBar {...held.hands} one={one} undo={desk.undoLast} busy={false} />}
    >
      <Places />
      <CaseDesk held={held} desk={desk} />
    </TaskSheet>
  );
}
