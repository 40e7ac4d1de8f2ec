import { createRoot } from "react-dom/client";
import "./tokens.css";
import "./base.css";
import { ME, whoAmI } from "./api/me";
import { App } from "./app/App";
import { queries } from "./app/queries";
import { preload } from "./app/routes";
import { startI18n } from "./lib/i18n";
import { wearTheme } from "./lib/theme";

wearTheme();
// The words, who is there, and the page itself are fetched side by side: one after the other, each would be seen coming.
preload(window.location.pathname);
void queries.prefetchQuery({ queryKey: ME, queryFn: whoAmI });
void startI18n().then(() => {
  createRoot(document.getElementById("root")!).render(<App />);
});
