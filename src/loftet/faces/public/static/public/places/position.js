// ”Använd min plats”: fills lat and lon in the address, rounded to two decimals (about a kilometre). Nothing is posted.
(() => {
  const form = document.querySelector("form[data-position]");
  if (!form) return;
  if (!("geolocation" in navigator)) {
    form.hidden = true;
    return;
  }
  const status = form.querySelector("[data-position-status]");
  const failed = () => {
    status.textContent = "Vi fick ingen plats från din telefon eller dator. Sök på namnet i stället.";
  };
  const found = ({ coords }) => {
    form.elements.lat.value = coords.latitude.toFixed(2);
    form.elements.lon.value = coords.longitude.toFixed(2);
    form.submit();
  };
  form.classList.add("works"); // for browsers that do not know the media feature
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    status.textContent = "Letar efter din plats …";
    navigator.geolocation.getCurrentPosition(found, failed, { maximumAge: 600000, timeout: 10000 });
  });
})();
