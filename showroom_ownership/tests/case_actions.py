# pylint: disable=translation-required
"""What people do in a case, by the methods that the screens call and as the users who would call them."""

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError

from ..models.showroom_transfer import REASONS


class CaseActions:
    """One method for each action of the format."""

    # The register

    def do_reception(self, step):
        vals = {**self._who_received(step), **self._what_was_said(step)}
        line = self.as_(step["by"], "showroom.reception").create(vals).with_env(self.env)
        self.lines[step.get("as")] = line
        self.lines.setdefault(("customer", step["customer"]), []).append(line)
        if "in_town" in self.customers[step["customer"]] and line.lead_id:
            line.lead_id.in_town = self.customers[step["customer"]]["in_town"]

    def _who_received(self, step):
        by = self.person(step["by"])
        consultant = by if by.has_group("showroom_ownership.group_consultant") else self._received_for(step)
        outlet = self.outlets[step["outlet"]] if step.get("outlet") else by._outlets()[:1]
        people = {"prior_id": "prior", "named_id": "named", "on_behalf_of_id": "on_behalf_of"}
        people["accompanied_by_id"] = "accompanied_by"
        known = {field: self.person(step[key]).id for field, key in people.items() if step.get(key)}
        if consultant != by and known.get("on_behalf_of_id") == consultant.id:
            known.pop("on_behalf_of_id")  # reception registers for the consultant, who then received the customer
        return {"consultant_id": consultant.id, "outlet_id": outlet.id, **known}

    def _received_for(self, step):
        return self.person(step.get("named") or step.get("on_behalf_of"))

    def _what_was_said(self, step):
        customer = self.customers[step["customer"]]
        phone = False if step.get("no_phone") else customer["phone"]
        said = {"customer_name": customer.get("name"), "phone": phone, "channel": step.get("channel", "visit")}
        return {
            **said,
            "asked": self._yes_no(step.get("asked", "no")),
            "arrived_at": self.utc(step.get("arrived", step["at"])),
        }

    def _yes_no(self, answer):
        """YAML reads a bare yes as true."""
        return {True: "yes", False: "no"}.get(answer, answer)

    def do_correct(self, step):
        values = {self._field(name): self._value(name, value) for name, value in step["set"].items()}
        self.lines[step["reception"]].with_user(self.person(step["by"])).action_correct(values)

    def _field(self, name):
        people = ("prior", "named", "on_behalf_of", "accompanied_by")
        return {"name": "customer_name", **{each: f"{each}_id" for each in people}}.get(name, name)

    def _value(self, name, value):
        if self._field(name).endswith("_id"):
            return self.person(value).id
        return self._yes_no(value) if name == "asked" else value

    def do_void(self, step):
        self.lines[step["reception"]].with_user(self.person(step["by"])).action_void(step.get("reason"))

    def do_close_page(self, step):
        outlet = self.outlets[step["outlet"]] if step.get("outlet") else self.person(step["by"])._outlets()[:1]
        domain = [("outlet_id", "=", outlet.id), ("day", "=", outlet._today())]
        self.as_(step["by"], "showroom.register.page").search(domain).action_close()

    # Contacts

    def do_followup(self, step):
        vals = {"lead_id": self.card(step["customer"]).id, "method": step.get("method", "call")}
        vals.update(happened_at=self.utc(step.get("happened", step["at"])), reached=step.get("reached", True))
        vals["on_behalf_of_id"] = self.person(step.get("on_behalf_of")).id
        self.as_(step["by"], "showroom.followup").create(vals)

    def do_activity_done(self, step):
        user = self.person(step["by"])
        card = self.card(step["customer"]).with_user(user)
        activity = card.activity_schedule("mail.mail_activity_data_call", user_id=user.id)
        activity.action_feedback(feedback="Done")

    def do_communicate(self, step):
        vals = {"lead_id": self.card(step["customer"]).id, "with_id": self.person(step["with"]).id}
        self.as_(step["by"], "showroom.communication").create(vals)

    def do_grade(self, step):
        card = self.card(step["customer"])
        grade = card.outlet_id.policy_id.grade_ids.filtered(lambda each: each.code == step["grade"])
        card.with_user(self.person(step["by"])).write({"grade_id": grade.id})

    def do_order(self, step):
        self.as_(step["by"], "showroom.order").create({"lead_id": self.card(step["customer"]).id})

    def do_preregister(self, step):
        customer, by = self.customers[step["customer"]], self.person(step["by"])
        outlet = self.outlets[step["outlet"]] if step.get("outlet") else by._outlets()[:1]
        vals = {"customer_name": customer["name"], "phone": customer["phone"], "outlet_id": outlet.id}
        entry = self.as_(step["by"], "showroom.preregistration").create(
            {**vals, "valid_until": step.get("valid_until")}
        )
        if step.get("accepted_by"):
            entry.with_user(self.person(step["accepted_by"])).action_approve()

    # Cards

    def do_link(self, step):
        cards = self.env["crm.lead"].union(*(self.card(name) for name in step["customers"]))
        first = cards.filtered(lambda card: card.user_id == self.person(step["by"]))[:1] or cards[:1]
        first.with_user(self.person(step["by"])).action_link(
            (cards - first).mapped("card_number"), step.get("as", "family")
        )

    def do_merge(self, step):
        cards = self.env["crm.lead"].union(*(self.card(name) for name in step["customers"]))
        wizard = self.as_(step["by"], "crm.merge.opportunity").create({"opportunity_ids": [(6, 0, cards.ids)]})
        wizard.action_merge()

    def do_notice(self, step):
        self.card(step["customer"]).with_user(self.person(step["by"])).action_notice()

    def do_request_transfer(self, step):
        codes = [code for code, _label in REASONS]
        reason = step.get("reason") or ""
        code = reason if reason in codes else "customer_request"
        card = self.card(step["customer"]).with_user(self.person(step["by"]))
        card.action_request_transfer(self.person(step["to"]).id, code, step.get("text") or reason)

    def do_request_cancellation(self, step):
        self.card(step["customer"]).with_user(self.person(step["by"])).action_request_cancellation(step.get("reason"))

    def do_approve(self, step):
        if step.get("to"):
            return self._pending(step).action_approve_to(self.person(step["to"]).id, step.get("comment"))
        return self._pending(step).action_approve(step.get("comment"))

    def do_refuse(self, step):
        self._pending(step).action_refuse(step.get("comment"))

    def _pending(self, step):
        card = self.card(step["customer"])
        pending = card.pending_transfer_id or card.cancellation_ids.filtered(lambda each: each.state == "pending")
        return self._one(pending or card.transfer_ids or card.cancellation_ids, step)

    def _one(self, records, step):
        """The latest of them as the person sees it; without any there is no button to press."""
        if not records:
            raise UserError("There is nothing of the kind on this card.")
        return records.sorted("id")[-1:].with_user(self.person(step["by"]))

    def do_delegate(self, step):
        absent, instead = self.person(step.get("absent") or step["by"]), self.person(step["to"])
        vals = {"delegator_id": absent.id, "delegate_id": instead.id}
        vals.update(date_from=step["from"], date_to=step["until"])
        self.as_(step["by"], "showroom.delegation").create(vals)

    def do_cancel_delegation(self, step):
        self._one(self.env["showroom.delegation"].search([]), step).action_cancel()

    def do_reassign(self, step):
        card = self.card(step["customer"]).with_user(self.person(step["by"]))
        card.action_reassign(self.person(step["to"]).id, step.get("reason"))

    def do_write_owner(self, step):
        card = self.card(step["customer"]).with_user(self.person(step["by"]))
        card.write({"user_id": self.person(step.get("to")).id})

    # Card management

    def do_complete_card(self, step):
        """`set`: what the consultant fills in before."""
        card = self.card(step["customer"]).with_user(self.person(step["by"]))
        if step.get("set"):
            card.write(step["set"])
        card.action_complete_card()

    def do_verify(self, step):
        """A manager speaks with the customer about the cancellation."""
        request = self._one(self.card(step["customer"]).cancellation_ids, step)
        request.action_verify(step.get("method", "call"), step.get("finding", "confirmed"), step.get("text"))

    def do_deliver(self, step):
        self.card(step["customer"]).with_user(self.person(step["by"])).action_deliver(step.get("on"))

    def do_after_sales(self, step):
        """The next call of the after-sales plan is made."""
        card = self.card(step["customer"]).with_user(self.person(step["by"]))
        calls = card.activity_ids.filtered("showroom_after_sales").sorted("date_deadline")
        self._one(calls[:1], step).action_feedback(feedback="Satisfied")

    def do_depart(self, step):
        self.person(step["who"]).with_user(self.env.ref("base.user_admin")).write({"active": False})

    # Long leaves

    def do_arrange_leave(self, step):
        vals = {"consultant_id": self.person(step.get("who") or step["by"]).id}
        vals.update(first_day=str(step["first"]), last_day=str(step["last"]), text=step.get("reason"))
        wizard = self.as_(step["by"], "showroom.leave.wizard").create(vals)
        for line in wizard.line_ids if "to" in step else ():
            chosen = {self.card(name): self.person(user) for name, user in step["to"].items()}
            line.substitute_id = chosen.get(line.lead_id.with_env(self.env))
        wizard.action_arrange()

    def _leave(self, step):
        """The latest leave of a consultant."""
        leaves = self.env["showroom.leave"].search([("consultant_id", "=", self.person(step["who"]).id)])
        return self._one(leaves, step)

    def do_approve_leave(self, step):
        self._leave(step).action_approve(step.get("comment"))

    def do_end_leave(self, step):
        self._leave(step).action_end()

    # Deals

    def do_deal(self, step):
        by, closer = self.person(step.get("by") or step["closer"]), self.person(step["closer"])
        card = self.card(step["customer"]) or self._open_by_hand(step, by)
        if not card.with_user(by).has_access("write"):
            return self._deal_from_reception(card, by)
        if by != closer or not by._is_consultant():
            card.with_user(by).write({"closer_id": closer.id})
        return card.with_user(by).action_set_won()

    def _open_by_hand(self, step, by):
        customer = self.customers[step["customer"]]
        vals = {
            "name": customer["name"],
            "contact_name": customer["name"],
            "phone": customer["phone"],
            "type": "opportunity",
        }
        return self.env["crm.lead"].with_user(by).create({**vals, "team_id": by._outlets()[:1].id}).with_env(self.env)

    def _deal_from_reception(self, card, by):
        lines = card.reception_ids.filtered(lambda line: line.consultant_id == by and not line.is_void)
        if not lines:
            raise AccessError("The closer has no access to the card and has not received the customer.")
        return lines.sorted("id")[-1].with_user(by).action_confirm_deal()

    def do_undo_deal(self, step):
        stage = self.env["crm.stage"].search([("is_won", "=", False)], order="sequence, id", limit=1)
        self.card(step["customer"]).with_user(self.person(step["by"])).write({"stage_id": stage.id})

    def do_settle(self, step):
        parties = [self.person(name) for name in step["shares"]]
        shares = {self.person(name).id: percent for name, percent in step["shares"].items()}
        settlement = self.card(step["customer"]).with_user(parties[0]).action_settle(shares)
        for party in parties[1:]:
            settlement.with_user(party).action_sign()

    def do_approve_settlement(self, step):
        self._one(self.card(step["customer"]).settlement_ids, step).action_approve()

    def _ruling(self, step):
        return self._one(self.card(step["customer"]).ruling_ids, step)

    def do_appeal(self, step):
        self._ruling(step).action_appeal(step.get("text"))

    def do_decide(self, step):
        wanted = step["for"]
        if wanted == "recommended":
            return self._ruling(step).action_decide(reason=step.get("reason"))
        shares = wanted if isinstance(wanted, dict) else {wanted: 100}
        return self._ruling(step).action_decide(
            {self.person(name).id: percent for name, percent in shares.items()}, step.get("reason")
        )

    def do_reopen(self, step):
        self._ruling(step).action_reopen(step.get("reason"))

    # Time passing

    def do_run_scheduled(self, step):
        names = self.env["ir.model.data"].search([("module", "=", "showroom_ownership"), ("model", "=", "ir.cron")])
        crons = self.env["ir.cron"].browse(names.mapped("res_id")) - self.env.ref(
            "showroom_ownership.ir_cron_showroom_mail_seals"
        )
        for cron in crons.sorted("id"):  # all but the mail of the pages: no case reads a PDF
            cron.with_user(SUPERUSER_ID).ir_actions_server_id.run()
            self.env.flush_all()
            self.env.invalidate_all()
