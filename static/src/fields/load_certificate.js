import { Component, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { getDataURLFromFile } from "@web/core/utils/urls";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** File and password of a certificate: they go to the server once and stay nowhere. */
export class CertificateDialog extends Component {
    static template = "l10n_cl_sii.CertificateDialog";
    static components = { Dialog };
    static props = { issuerId: Number, onLoaded: Function, close: Function };

    setup() {
        this.orm = useService("orm");
        this.area = useRef("area");
        this.password = useRef("password");
        this.state = useState({ file: null, problem: "", loaded: null, busy: false });
        useDropzone(this.area, (event) => this.take(event.dataTransfer.files));
    }

    take(files) {
        this.state.file = files[0] || null;
        this.state.problem = "";
    }

    async load() {
        this.state.busy = true;
        this.state.problem = "";
        const content = (await getDataURLFromFile(this.state.file)).split(",")[1] || "";
        const args = [[this.props.issuerId], content, this.password.el.value];
        try {
            this.state.loaded = await this.orm.call("l10n_cl.issuer", "load_certificate", args);
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.state.problem = error.data?.message || error.message;
        } finally {
            this.state.busy = false;
        }
        if (this.state.loaded) {
            await this.props.onLoaded();
        }
    }
}

/** Button on the issuer's form that opens the dialog. */
export class LoadCertificate extends Component {
    static template = "l10n_cl_sii.LoadCertificate";
    static props = { ...standardWidgetProps };

    setup() {
        this.dialog = useService("dialog");
    }

    async open() {
        const { record } = this.props;
        if (await record.save()) {
            const onLoaded = () => record.load();
            this.dialog.add(CertificateDialog, { issuerId: record.resId, onLoaded });
        }
    }
}

registry.category("view_widgets").add("l10n_cl_load_certificate", { component: LoadCertificate });
