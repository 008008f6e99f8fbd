import { useRef } from "@odoo/owl";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { registry } from "@web/core/registry";
import { useFileUploader } from "@web/core/utils/files";
import {
    Many2ManyBinaryField,
    many2ManyBinaryField,
} from "@web/views/fields/many2many_binary/many2many_binary_field";

/** Files that can be chosen, as everywhere, or dropped. */
export class DroppedFilesField extends Many2ManyBinaryField {
    static template = "l10n_cl_sii.DroppedFilesField";

    setup() {
        super.setup();
        this.area = useRef("area");
        this.uploadFile = useFileUploader();
        useDropzone(this.area, (event) => this.onDrop(event), "", () => !this.props.readonly);
    }

    async onDrop(event) {
        const ufile = [...event.dataTransfer.files];
        const params = {
            csrf_token: odoo.csrf_token,
            ufile,
            model: this.props.record.resModel,
            id: this.props.record.resId || 0,
        };
        const uploaded = await this.uploadFile("/web/binary/upload_attachment", params);
        if (uploaded) {
            await this.onFileUploaded(uploaded);
        }
    }
}

registry.category("fields").add("l10n_cl_dropped_files", {
    ...many2ManyBinaryField,
    component: DroppedFilesField,
});
