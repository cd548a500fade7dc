//! What `next_step` answers about each failure: the texts in its arms, where they are given by name as well.

use super::source::{Source, texts};
use quote::ToTokens;
use std::collections::HashMap;
use syn::visit::{self, Visit};
use syn::{Arm, ExprPath, ImplItem, Item, ItemImpl, Lit, PatStruct, PatTupleStruct, Path, Type};

/// Where the texts are that several files name.
const SHARED: &str = "next_step/fixed.rs";

/// Of every type that has one.
pub(super) struct NextSteps {
    about: HashMap<(String, Option<String>), Vec<String>>,
}

impl NextSteps {
    /// Everything that these files say.
    pub(super) fn read(sources: &[Source]) -> Self {
        let shared: HashMap<_, _> = sources
            .iter()
            .filter(|source| source.name.ends_with(SHARED))
            .flat_map(|source| source.file.items.iter().filter_map(named))
            .collect();
        let mut about: HashMap<_, Vec<String>> = HashMap::new();
        let files = sources.iter().map(|source| &source.file.items);
        let answers = files.flat_map(|items| items.iter().filter_map(answers).map(move |it| (items, it)));
        for (items, (of, body)) in answers {
            let mut named: HashMap<_, _> = items.iter().filter_map(named).collect();
            named.extend(shared.clone());
            let mut arms = Arms { named: &named, found: Vec::new() };
            arms.visit_block(body);
            for (variants, texts) in arms.found {
                for variant in variants {
                    about.entry((of.clone(), Some(variant))).or_default().extend(texts.clone());
                }
            }
            // Where it does not ask which one it is, all of it is about the whole.
            let mut all = Texts { named: &named, found: Vec::new() };
            all.visit_block(body);
            about.insert((of, None), all.found);
        }
        for texts in about.values_mut() {
            let mut seen = Vec::new();
            texts.retain(|text| {
                !seen.contains(text) && {
                    seen.push(text.clone());
                    true
                }
            });
        }
        Self { about }
    }

    /// What to do about a failure: one of several, or the only one of its type.
    pub(super) fn about(&self, of: &str, variant: Option<&str>) -> Vec<String> {
        let key = (of.to_owned(), variant.map(str::to_owned));
        self.about.get(&key).cloned().unwrap_or_default()
    }
}

/// What a name in an answer stands for: a constant, or a function that chooses among texts.
fn named(item: &Item) -> Option<(String, Vec<String>)> {
    match item {
        Item::Const(it) => Some((it.ident.to_string(), texts(it.expr.to_token_stream()))),
        Item::Fn(it) => Some((it.sig.ident.to_string(), texts(it.block.to_token_stream()))),
        _ => None,
    }
}

/// The type that an implementation of `NextStep` is for, and how it answers.
fn answers(item: &Item) -> Option<(String, &syn::Block)> {
    let Item::Impl(ItemImpl { trait_: Some((_, path, _)), self_ty, items, .. }) = item else { return None };
    let (true, Type::Path(of)) = (path.is_ident("NextStep"), self_ty.as_ref()) else { return None };
    let of = of.path.segments.last()?.ident.to_string();
    items.iter().find_map(|item| match item {
        ImplItem::Fn(it) if it.sig.ident == "next_step" => Some((of.clone(), &it.block)),
        _ => None,
    })
}

/// The arms that ask which failure it is, each with its variants and its texts.
struct Arms<'a> {
    named: &'a HashMap<String, Vec<String>>,
    found: Vec<(Vec<String>, Vec<String>)>,
}

impl<'ast> Visit<'ast> for Arms<'_> {
    fn visit_arm(&mut self, arm: &'ast Arm) {
        let mut variants = Variants(Vec::new());
        variants.visit_pat(&arm.pat);
        if variants.0.is_empty() {
            return visit::visit_arm(self, arm);
        }
        let mut texts = Texts { named: self.named, found: Vec::new() };
        texts.visit_expr(&arm.body);
        self.found.push((variants.0, texts.found));
    }
}

/// The variants of `Self` in a pattern.
struct Variants(Vec<String>);

impl Variants {
    fn take(&mut self, path: &Path) {
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let [of, variant] = names.as_slice()
            && of == "Self"
        {
            self.0.push(variant.clone());
        }
    }
}

impl<'ast> Visit<'ast> for Variants {
    fn visit_pat_struct(&mut self, pattern: &'ast PatStruct) {
        self.take(&pattern.path);
    }

    fn visit_pat_tuple_struct(&mut self, pattern: &'ast PatTupleStruct) {
        self.take(&pattern.path);
    }

    fn visit_path(&mut self, path: &'ast Path) {
        self.take(path);
    }
}

/// The texts that an answer may be.
struct Texts<'a> {
    named: &'a HashMap<String, Vec<String>>,
    found: Vec<String>,
}

impl Texts<'_> {
    fn take_named(&mut self, path: &Path) {
        let name = path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        self.found.extend(self.named.get(&name).into_iter().flatten().cloned());
    }
}

impl<'ast> Visit<'ast> for Texts<'_> {
    fn visit_lit(&mut self, literal: &'ast Lit) {
        if let Lit::Str(text) = literal {
            self.found.push(text.value());
        }
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        self.take_named(&path.path);
    }
}

#[test]
fn each_failure_is_found_with_what_to_do_about_it() {
    let code = r#"
        const FULL: &str = "make room";
        fn about(code: u8) -> &'static str { if code == 1 { "do this" } else { "do that" } }
        impl NextStep for Failed {
            fn next_step(&self) -> Option<&'static str> {
                Some(match self {
                    Self::Full { cause } if cause.is_full() => FULL,
                    Self::Full { .. } | Self::Closed(_) => "open it",
                    Self::Coded(code) => about(code.kind()),
                    Self::Inner(error) => return error.next_step(),
                })
            }
        }
        impl NextStep for Alone { fn next_step(&self) -> Option<&'static str> { Some("try again") } }
    "#;
    let source = Source { name: "a.rs".to_owned(), file: syn::parse_file(code).expect("code") };

    let steps = NextSteps::read(&[source]);

    assert_eq!(steps.about("Failed", Some("Full")), ["make room", "open it"]);
    assert_eq!(steps.about("Failed", Some("Closed")), ["open it"]);
    assert_eq!(steps.about("Failed", Some("Coded")), ["do this", "do that"]);
    assert_eq!(steps.about("Failed", Some("Inner")), [""; 0]);
    assert_eq!(steps.about("Alone", None), ["try again"]);
}
