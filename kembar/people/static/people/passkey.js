// A passkey that was not used, for whatever reason, is answered on the page and not only in the browser's console.
document.addEventListener("allauth.error", function (event) {
  event.preventDefault();
  document.getElementById("passkey-error").hidden = false;
});
