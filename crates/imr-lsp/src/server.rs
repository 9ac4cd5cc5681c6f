//! The conversation with the editor: requests are answered one by one, changes are gathered and checked after a pause.

use std::error::Error;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Instant;

use imr_rules::code::{self, Level};
use imr_rules::format::format;
use imr_rules::yaml::Diagnostic as Finding;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::{
    CodeActionParams, CodeActionProviderCapability, CompletionItem, CompletionItemKind,
    CompletionOptions, CompletionParams, CompletionTextEdit, Diagnostic,
    DiagnosticRelatedInformation, DiagnosticSeverity, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DocumentFormattingParams, GotoDefinitionParams, Hover, HoverContents, HoverParams,
    InitializeParams, Location, MarkupContent, MarkupKind, NumberOrString, OneOf,
    PositionEncodingKind, PublishDiagnosticsParams, ReferenceParams, RenameParams,
    ServerCapabilities, TextDocumentPositionParams, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextEdit, Uri,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::documents::Documents;
use crate::hits::Hits;
use crate::position::{byte, range};
use crate::{PAUSE, Setup, actions, completion, lookup, names, uri};

type Failure = Box<dyn Error + Send + Sync>;

/// Serves until the editor says goodbye.
pub(crate) fn run(connection: &Connection, setup: Setup) -> Result<(), Failure> {
    let capabilities = serde_json::to_value(capabilities())?;
    let (id, params) = connection.initialize_start()?;
    let info = json!({"name": "imr-audit", "version": env!("CARGO_PKG_VERSION")});
    connection.initialize_finish(id, json!({"capabilities": capabilities, "serverInfo": info}))?;
    let params: InitializeParams = serde_json::from_value(params)?;
    let mut server = Server {
        connection,
        documents: Documents::new(&setup, &roots(&params)),
        hits: Hits::new(setup.letters),
        due: Some(Instant::now()),
        found: Vec::new(),
    };
    loop {
        let message = match server.due {
            Some(due) => match connection.receiver.recv_deadline(due) {
                Ok(message) => message,
                Err(error) if error.is_timeout() => {
                    server.publish()?;
                    continue;
                }
                Err(_) => return Ok(()),
            },
            None => match connection.receiver.recv() {
                Ok(message) => message,
                Err(_) => return Ok(()),
            },
        };
        match message {
            Message::Request(request) => {
                if connection.handle_shutdown(&request)? {
                    return Ok(());
                }
                let response = server.answer(request);
                connection.sender.send(Message::Response(response))?;
            }
            Message::Notification(notification) => server.hear(notification),
            Message::Response(_) => {}
        }
    }
}

fn capabilities() -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(PositionEncodingKind::UTF16),
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::FULL)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some([" ", "<", "@", "[", "{", ","].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(true.into()),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Simple(true)),
        document_formatting_provider: Some(OneOf::Left(true)),
        ..ServerCapabilities::default()
    }
}

/// The folders that the editor has open.
fn roots(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders.iter().flatten();
    let found: Vec<PathBuf> = folders.filter_map(|folder| uri::path(folder.uri.as_str())).collect();
    if !found.is_empty() {
        return found;
    }
    #[expect(deprecated, reason = "older editors name one folder this way")]
    let root = params.root_uri.as_ref();
    root.and_then(|root| uri::path(root.as_str())).into_iter().collect()
}

struct Server<'c> {
    connection: &'c Connection,
    documents: Documents,
    hits: Hits,
    /// When the files are to be checked.
    due: Option<Instant>,
    /// What was found last.
    found: Vec<Finding>,
}

impl Server<'_> {
    /// Takes note of what the editor says. What cannot be understood is passed over: it was no question.
    fn hear(&mut self, notification: Notification) {
        let (method, params) = (notification.method.as_str(), notification.params);
        match method {
            "textDocument/didOpen" => {
                if let Ok(opened) = serde_json::from_value::<DidOpenTextDocumentParams>(params) {
                    self.change(&opened.text_document.uri, opened.text_document.text);
                }
            }
            "textDocument/didChange" => {
                if let Ok(mut changed) =
                    serde_json::from_value::<DidChangeTextDocumentParams>(params)
                    && let Some(change) = changed.content_changes.pop()
                {
                    self.change(&changed.text_document.uri, change.text);
                }
            }
            "textDocument/didClose" => {
                if let Ok(closed) = serde_json::from_value::<DidCloseTextDocumentParams>(params) {
                    self.reread(&closed.text_document.uri);
                }
            }
            "workspace/didChangeWatchedFiles" => {
                if let Ok(changed) = serde_json::from_value::<DidChangeWatchedFilesParams>(params) {
                    changed.changes.iter().for_each(|change| self.reread(&change.uri));
                }
            }
            _ => {}
        }
    }

    fn change(&mut self, uri: &Uri, text: String) {
        if let Some(name) = name(uri) {
            self.documents.put(name, text);
            self.hits.forget();
            self.due = Some(Instant::now() + PAUSE);
        }
    }

    fn reread(&mut self, uri: &Uri) {
        if let Some(path) = uri::path(uri.as_str()) {
            self.documents.reread(&path);
            self.hits.forget();
            self.due = Some(Instant::now() + PAUSE);
        }
    }

    /// Checks everything that changed and tells the editor.
    fn publish(&mut self) -> Result<(), Failure> {
        self.due = None;
        self.found.clear();
        for (name, findings) in self.documents.findings() {
            let Some(uri) = Uri::from_str(&uri::uri(name.as_ref())).ok() else { continue };
            let text = self.documents.text(&name);
            let diagnostics =
                findings.iter().map(|one| diagnostic(&self.documents, text, one)).collect();
            let params = PublishDiagnosticsParams { uri, diagnostics, version: None };
            let method = "textDocument/publishDiagnostics".to_owned();
            let told = Notification { method, params: serde_json::to_value(params)? };
            self.connection.sender.send(Message::Notification(told))?;
            self.found.extend(findings);
        }
        Ok(())
    }

    fn answer(&self, request: Request) -> Response {
        let (id, params) = (request.id, request.params);
        let result = match request.method.as_str() {
            "textDocument/completion" => with(params, |asked| Ok(self.complete(&asked))),
            "textDocument/hover" => with(params, |asked| Ok(self.hover(&asked))),
            "textDocument/definition" => with(params, |asked| Ok(self.definition(&asked))),
            "textDocument/references" => with(params, |asked| Ok(self.references(&asked))),
            "textDocument/rename" => with(params, |asked| self.rename(&asked)),
            "textDocument/codeAction" => with(params, |asked| Ok(self.repairs(&asked))),
            "textDocument/formatting" => with(params, |asked| self.lay_out(&asked)),
            method => Err((ErrorCode::MethodNotFound, format!("{method} is not served"))),
        };
        match result {
            Ok(value) => Response::new_ok(id, value),
            Err((code, message)) => Response::new_err(id, code as i32, message),
        }
    }

    /// The file and the byte that a request is about.
    fn place(&self, at: &TextDocumentPositionParams) -> Option<(String, usize)> {
        let name = name(&at.text_document.uri).filter(|name| self.documents.has(name))?;
        let byte = byte(self.documents.text(&name), at.position);
        Some((name, byte))
    }

    fn complete(&self, asked: &CompletionParams) -> Value {
        let Some((name, at)) = self.place(&asked.text_document_position) else {
            return Value::Null;
        };
        let text = self.documents.text(&name);
        let (start, offers) = completion::offers(&name, text, at, &self.documents.symbols());
        let range = range(text, start, at.max(start));
        let range =
            if start == at { lsp_types::Range { end: range.start, ..range } } else { range };
        let item = |offer: completion::Offer| {
            let colon = if offer.key { ": " } else { "" };
            let rank = if offer.required { "0" } else { "1" };
            CompletionItem {
                sort_text: Some(format!("{rank}{}", offer.word)),
                kind: Some(if offer.key {
                    CompletionItemKind::FIELD
                } else {
                    CompletionItemKind::VALUE
                }),
                detail: (!offer.about.is_empty()).then_some(offer.about),
                text_edit: Some(CompletionTextEdit::Edit(TextEdit {
                    range,
                    new_text: format!("{}{colon}", offer.word),
                })),
                label: offer.word,
                ..CompletionItem::default()
            }
        };
        json!(offers.into_iter().map(item).collect::<Vec<_>>())
    }

    fn hover(&self, asked: &HoverParams) -> Value {
        let Some((name, at)) = self.place(&asked.text_document_position_params) else {
            return Value::Null;
        };
        let symbols = self.documents.symbols();
        let meaning = lookup::meaning(&self.documents, &symbols, &self.found, &name, at);
        let symbol = lookup::symbol_at(&symbols, &name, at);
        let hits = symbol.and_then(|symbol| self.hits.told(symbol, || self.documents.files()));
        let hover = meaning.map(|meaning| match hits {
            Some(hits) => format!("{meaning}\n\n{hits}"),
            None => meaning,
        });
        let hover = hover.map(|value| Hover {
            contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value }),
            range: None,
        });
        json!(hover)
    }

    fn locations(&self, at: &TextDocumentPositionParams, references: bool) -> Vec<Location> {
        let Some((name, at)) = self.place(at) else { return Vec::new() };
        let symbols = self.documents.symbols();
        let Some(symbol) = lookup::symbol_at(&symbols, &name, at) else { return Vec::new() };
        let places = names::places(&symbols, symbol, references);
        places.into_iter().filter_map(|place| names::location(&self.documents, place)).collect()
    }

    fn definition(&self, asked: &GotoDefinitionParams) -> Value {
        json!(self.locations(&asked.text_document_position_params, false))
    }

    fn references(&self, asked: &ReferenceParams) -> Value {
        json!(self.locations(&asked.text_document_position, true))
    }

    fn rename(&self, asked: &RenameParams) -> Result<Value, Refusal> {
        let refuse = |why: String| (ErrorCode::InvalidRequest, why);
        let symbols = self.documents.symbols();
        let place = self.place(&asked.text_document_position);
        let symbol = place.and_then(|(name, at)| lookup::symbol_at(&symbols, &name, at));
        let symbol = symbol.ok_or_else(|| refuse("no name stands here".to_owned()))?;
        let edit =
            names::rename(&self.documents, &symbols, symbol, &asked.new_name).map_err(refuse)?;
        Ok(json!(edit))
    }

    fn repairs(&self, asked: &CodeActionParams) -> Value {
        let uri = &asked.text_document.uri;
        let Some(name) = name(uri) else { return Value::Null };
        let found: Vec<Finding> =
            self.found.iter().filter(|one| *one.place.file == *name).cloned().collect();
        json!(actions::repairs(uri, self.documents.text(&name), asked.range, &found))
    }

    fn lay_out(&self, asked: &DocumentFormattingParams) -> Result<Value, Refusal> {
        let Some(name) = name(&asked.text_document.uri).filter(|name| self.documents.has(name))
        else {
            return Ok(Value::Null);
        };
        let text = self.documents.text(&name);
        let laid_out = format(&name, text).map_err(|mistakes| {
            let why = mistakes.first().map_or_else(String::new, |mistake| mistake.message.clone());
            (ErrorCode::InvalidRequest, why)
        })?;
        if laid_out == text {
            return Ok(json!([]));
        }
        Ok(json!([TextEdit { range: range(text, 0, text.len()), new_text: laid_out }]))
    }
}

/// Why a request is not answered.
type Refusal = (ErrorCode, String);

/// Reads the parameters of a request and answers it.
fn with<P: DeserializeOwned>(
    params: Value,
    answer: impl FnOnce(P) -> Result<Value, Refusal>,
) -> Result<Value, Refusal> {
    let params = serde_json::from_value(params);
    answer(params.map_err(|error| (ErrorCode::InvalidParams, error.to_string()))?)
}

/// The name of a file of ours.
fn name(uri: &Uri) -> Option<String> {
    Some(uri::path(uri.as_str())?.display().to_string())
}

/// A mistake or lint as the editor shows it.
fn diagnostic(documents: &Documents, text: &str, finding: &Finding) -> Diagnostic {
    let level = code::find(finding.code).map_or(Level::Mistake, |code| code.level);
    let severity = match level {
        Level::Mistake => DiagnosticSeverity::ERROR,
        Level::Lint => DiagnosticSeverity::WARNING,
    };
    let related = finding.related.iter().filter_map(|related| {
        let location = names::location(documents, &related.place)?;
        Some(DiagnosticRelatedInformation { location, message: related.note.clone() })
    });
    let help = finding.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    Diagnostic {
        range: range(text, finding.place.start, finding.place.end),
        severity: Some(severity),
        code: Some(NumberOrString::String(finding.code.to_owned())),
        source: Some("imr-audit".to_owned()),
        message: format!("{}{help}", finding.message),
        related_information: Some(related.collect()),
        ..Diagnostic::default()
    }
}
