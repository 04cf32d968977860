"""Addresses of the desk; the office stands first, its members alone find them."""

from django.urls import path

from kembar.desk.views import (
    attachments,
    cases,
    confirming,
    lists,
    notes,
    partners,
    people,
    procedures,
    promises,
    records,
    renewals,
    saved,
    search,
    sources,
    start,
    translating,
)

app_name = "desk"
DESK = "<slug:office>/desk/"
FILE = f"{DESK}partners/<slug:partner>/"
RECORD = f"{DESK}records/<slug:record>/<int:number>/"
SOURCE = f"{DESK}sources/<int:number>/"
CONTACTS = f"{FILE}contacts/"
ATTACHMENT = f"{FILE}documents/<int:number>/"
HOLDERS = f"{DESK}holders/"
CASES = f"{DESK}cases/"
CASE = f"{CASES}<int:number>/"
PROCEDURES = f"{DESK}procedures/"
PROMISES = f"{DESK}commitments/"
CONFIRMATIONS = f"{DESK}confirmations/"
CONFIRMATION = f"{CONFIRMATIONS}<int:number>/"
PROMISE = f"{PROMISES}<int:number>/"

urlpatterns = [
    path("account/desk/", start.start, name="start"),
    path(DESK, lists.today, name="today"),
    path(f"{DESK}search/", search.search, name="search"),
    path(f"{DESK}changes/", lists.changes, name="changes"),
    path(f"{DESK}partners/", lists.partners, name="partners"),
    path(f"{DESK}partners.csv", lists.export, {"extension": "csv"}, name="export-csv"),
    path(f"{DESK}partners.xlsx", lists.export, {"extension": "xlsx"}, name="export-xlsx"),
    path(f"{DESK}partners.json", lists.export, {"extension": "json"}, name="export-json"),
    path(f"{DESK}partners/open/", lists.open_file, name="open-file"),
    path(f"{DESK}views/save/", saved.save, name="save-view"),
    path(f"{DESK}views/<int:number>/drop/", saved.drop, name="drop-view"),
    path(FILE, partners.show, name="partner"),
    path(f"{FILE}print/", partners.print_page, name="print"),
    path(f"{FILE}merge/", partners.merge, name="merge-file"),
    path(f"{FILE}papers/enter/", records.enter, {"record": "instrument"}, name="enter-paper"),
    path(f"{FILE}approvals/enter/", records.enter, {"record": "approval"}, name="enter-approval"),
    path(f"{FILE}events/enter/", records.enter, {"record": "event"}, name="enter-event"),
    path(f"{FILE}statements/enter/", records.enter, {"record": "partnership"}, name="enter-statement"),
    path(f"{DESK}papers/<int:number>/sign/", records.sign, name="sign"),
    path(f"{DESK}papers/<int:number>/merge/", records.merge, name="merge-paper"),
    path(f"{RECORD}correct/", records.correct, name="correct"),
    path(f"{RECORD}void/", records.void, name="void"),
    path(f"{FILE}commitments/enter/", promises.enter, name="enter-commitment"),
    path(PROMISES, promises.ledger, name="commitments"),
    path(f"{DESK}commitments.csv", promises.export, {"extension": "csv"}, name="commitments-csv"),
    path(f"{DESK}commitments.xlsx", promises.export, {"extension": "xlsx"}, name="commitments-xlsx"),
    path(f"{DESK}commitments.json", promises.export, {"extension": "json"}, name="commitments-json"),
    path(PROMISE, promises.show, name="commitment"),
    path(f"{PROMISE}amend/", promises.amend, name="amend-commitment"),
    path(f"{PROMISE}accept/", promises.accept, name="accept-commitment"),
    path(f"{PROMISE}start/", promises.move, {"deed": "start"}, name="start-commitment"),
    path(f"{PROMISE}keep/", promises.move, {"deed": "keep"}, name="keep-commitment"),
    path(f"{PROMISE}keep-round/", promises.move, {"deed": "keep-round"}, name="keep-round-commitment"),
    path(f"{PROMISE}keep-partly/", promises.move, {"deed": "keep-partly"}, name="keep-partly-commitment"),
    path(f"{PROMISE}drop/", promises.move, {"deed": "drop"}, name="drop-commitment"),
    path(f"{PROMISE}reopen/", promises.move, {"deed": "reopen"}, name="reopen-commitment"),
    path(f"{PROMISE}void/", promises.move, {"deed": "void"}, name="void-commitment"),
    path(f"{FILE}documents/attach/", attachments.attach, name="attach"),
    path(ATTACHMENT, attachments.get, name="attachment"),
    path(f"{ATTACHMENT}change/", attachments.change, name="change-attachment"),
    path(f"{ATTACHMENT}withdraw/", attachments.withdraw, name="withdraw-attachment"),
    path(f"{ATTACHMENT}cite/", attachments.cite, name="cite-attachment"),
    path(f"{FILE}cases/open/", cases.open_case, name="open-case"),
    path(CASES, cases.listed, name="cases"),
    path(CASE, cases.show, name="case"),
    path(f"{CASE}council/", cases.council, name="case-council"),
    path(f"{CASE}steps/<slug:step>/done/", cases.done, name="step-done"),
    path(f"{CASE}steps/<slug:step>/skip/", cases.skip, name="step-skip"),
    path(f"{CASE}checks/<slug:requirement>/", cases.check, name="case-check"),
    path(f"{CASE}set-aside/", cases.set_aside, name="case-set-aside"),
    path(f"{CASE}moves/<slug:deed>/", cases.move, name="case-move"),
    path(f"{DESK}working-days/", renewals.days, name="working-days"),
    path(f"{DESK}renewals/", renewals.show, name="renewals"),
    path(f"{DESK}papers/<int:number>/decide/", renewals.decide, name="decide-letter"),
    path(PROCEDURES, procedures.templates, name="procedures"),
    path(f"{PROCEDURES}bring-in/", procedures.bring_in, name="bring-in-template"),
    path(f"{PROCEDURES}<slug:code>/<int:version>/", procedures.show, name="procedure"),
    path(f"{PROCEDURES}<slug:code>/<int:version>/text/", procedures.text, name="procedure-text"),
    path(f"{FILE}notes/write/", notes.write, name="write-note"),
    path(f"{FILE}notes/<int:number>/change/", notes.change, name="change-note"),
    path(f"{FILE}notes/<int:number>/withdraw/", notes.withdraw, name="withdraw-note"),
    path(f"{PROMISE}texts/<slug:language>/", translating.translate, name="translate-commitment"),
    path(f"{DESK}translations/", translating.queue, name="translations"),
    path(f"{FILE}confirmations/ask/", confirming.ask, name="ask-confirmation"),
    path(CONFIRMATIONS, confirming.waiting, name="confirmations"),
    path(CONFIRMATION, confirming.show, name="confirmation"),
    path(f"{CONFIRMATION}revoke/", confirming.revoke, name="revoke-confirmation"),
    path(f"{CONFIRMATION}sheet/", confirming.sheet, name="confirmation-sheet"),
    path(f"{CONFIRMATION}sheet/file/", confirming.file_sheet, name="file-sheet"),
    path(f"{DESK}answers/<int:number>/settle/", confirming.settle, name="settle-answer"),
    path(f"{DESK}answers/<int:number>/sheet/", confirming.scan, name="scan"),
    path(CONTACTS, people.contacts, name="contacts"),
    path(f"{CONTACTS}add/", people.add_contact, name="add-contact"),
    path(f"{CONTACTS}<int:number>/change/", people.change_contact, name="change-contact"),
    path(f"{CONTACTS}<int:number>/void/", people.void_contact, name="void-contact"),
    path(HOLDERS, people.holders, name="holders"),
    path(f"{HOLDERS}name/", people.name_holder, name="name-holder"),
    path(f"{HOLDERS}<int:number>/change/", people.change_holder, name="change-holder"),
    path(f"{HOLDERS}<int:number>/void/", people.void_holder, name="void-holder"),
    path(f"{DESK}claims/", sources.claims, name="claims"),
    path(f"{DESK}claims/<int:claim>/decide/", sources.decide, name="decide"),
    path(f"{DESK}contradictions/", sources.contradictions, name="contradictions"),
    path(f"{DESK}sources/", sources.documents, name="documents"),
    path(SOURCE, sources.document, name="document"),
    path(f"{SOURCE}correct/", sources.correct_document, name="correct-document"),
    path(f"{SOURCE}merge/", sources.merge_document, name="merge-document"),
    path(f"{DESK}reports/", sources.reports, name="reports"),
    path(f"{DESK}reports/<int:number>/answer/", sources.answer, name="answer"),
]
