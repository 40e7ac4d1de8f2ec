import { createRoot } from "react-dom/client";
import "./tokens.css";
import "./base.css";
import { ME, wasSignedIn, whoAmI } from "./api/me";
import { App } from "./app/App";
import { queries } from "./app/queries";
import { preload } from "./app/routes";
import { available, inHand } from "./features/choose/queries";
import { startI18n } from "./lib/i18n";
import { wearTheme } from "./lib/theme";

wearTheme();
loadAnew();
// The words, who is there, and the page itself are fetched side by side: one after the other, each would be seen coming.
preload(window.location.pathname);
void queries.prefetchQuery({ queryKey: ME, queryFn: whoAmI });
if (window.location.pathname === "/" && wasSignedIn()) {
  void queries.prefetchQuery(available);
  void queries.prefetchQuery(inHand);
}
void startI18n().then(() => {
  createRoot(document.getElementById("root")!).render(<App />);
});

/** A tab that was opened before an update asks for files that are gone: it loads once, and again not before a minute. */
function loadAnew(): void {
  window.addEventListener("vite:preloadError", () => {
    const last = Number(window.sessionStorage.getItem("oa.loadedAnew"));
    if (!navigator.onLine || Date.now() - last < 60_000) return;
    window.sessionStorage.setItem("oa.loadedAnew", String(Date.now()));
    window.location.reload();
  });
}
