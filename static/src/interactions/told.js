/**
 * Show under an input what the server makes of it.
 *
 * @param {HTMLInputElement} input
 * @param {boolean | null} good null while nothing is known
 * @param {string} text
 */
export function told(input, good, text) {
    input.classList.toggle("is-valid", good === true);
    input.classList.toggle("is-invalid", good === false);
    const place = input.parentElement.querySelector("[data-told]");
    if (place) {
        place.textContent = text;
        place.classList.toggle("text-danger", good === false);
    }
}
