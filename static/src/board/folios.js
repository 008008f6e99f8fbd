import { Component, useRef, useState } from "@odoo/owl";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { useService } from "@web/core/utils/hooks";
import { readFiles } from "./files";

/** A bar for each type of document; files of folios can be dropped here. */
export class FoliosCard extends Component {
    static template = "l10n_cl_sii.FoliosCard";
    static props = { bars: Array, mayLoad: Boolean, open: Function, reload: Function };

    setup() {
        this.orm = useService("orm");
        this.area = useRef("area");
        this.input = useRef("input");
        this.state = useState({ busy: false, results: [] });
        useDropzone(
            this.area,
            (event) => this.load(event.dataTransfer.files),
            "",
            () => this.props.mayLoad
        );
    }

    async load(chosen) {
        this.state.busy = true;
        const files = await readFiles(chosen);
        try {
            this.state.results = await this.orm.call("l10n_cl.board", "load_folios", [files]);
        } finally {
            this.state.busy = false;
        }
        await this.props.reload();
    }

    choose() {
        this.input.el.click();
    }

    onChosen(event) {
        this.load(event.target.files);
    }
}
