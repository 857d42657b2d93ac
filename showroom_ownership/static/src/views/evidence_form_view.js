import { _t } from "@web/core/l10n/translation";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

/**
 * Evidence is recorded by a button only. A stock form saves by itself when its tab is hidden, closed or left:
 * a line of the register that was not meant could never be taken back.
 */
export class EvidenceFormController extends FormController {
    async beforeLeave(options = {}) {
        if (!this.model.root.isNew) {
            return super.beforeLeave(options);
        }
        return options.forceLeave || this.mayDiscard();
    }

    beforeVisibilityChange() {
        if (!this.model.root.isNew) {
            return super.beforeVisibilityChange();
        }
    }

    async beforeUnload(ev) {
        if (!this.model.root.isNew) {
            return super.beforeUnload(ev);
        }
        if (this.model.root.dirty) {
            ev.preventDefault();
            ev.returnValue = "Unsaved changes";
        }
    }

    async create() {
        if (!this.model.root.isNew) {
            return super.create();
        }
        if (await this.mayDiscard()) {
            await this.model.load({ resId: false });
        }
    }

    async mayDiscard() {
        if (!(await this.model.root.isDirty())) {
            return true;
        }
        return new Promise((resolve) => {
            this.dialogService.add(
                ConfirmationDialog,
                {
                    title: _t("Not recorded yet"),
                    body: _t("What you typed has not been recorded. Leave without recording it?"),
                    confirmLabel: _t("Leave"),
                    confirm: () => resolve(true),
                    cancelLabel: _t("Stay"),
                    cancel: () => resolve(false),
                },
                { onClose: () => resolve(false) }
            );
        });
    }
}

registry.category("views").add("showroom_evidence_form", {
    ...formView,
    Controller: EvidenceFormController,
});
