// "/" puts the cursor into the search box, unless somebody is typing elsewhere.
const box = document.getElementById("q");
box?.setAttribute("aria-keyshortcuts", "/");
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches?.("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  box?.focus();
  box?.select();
});
