import { getDataURLFromFile } from "@web/core/utils/urls";

/** Chosen or dropped files as the server takes them: name, and content in base64. */
export function readFiles(chosen) {
    return Promise.all(
        [...chosen].map(async (file) => ({
            name: file.name,
            content: (await getDataURLFromFile(file)).split(",")[1] || "",
        }))
    );
}
