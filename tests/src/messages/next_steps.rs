//! What `next_step` answers about each failure: the texts in its arms, where they are given by name as well.

use super::source::{Source, texts};
use quote::ToTokens;
use std::collections::HashMap;
use syn::visit::{self, Visit};
use syn::{Arm, Block, ExprPath, ImplItem, Item, ItemImpl, Lit, Pat, Path, Type};

/// Where the texts are that several files name.
const SHARED: &str = "next_step/fixed.rs";

/// Of every type that has one.
pub(super) struct NextSteps {
    about: HashMap<(String, Option<String>), Vec<String>>,
}

impl NextSteps {
    /// Everything that these files say.
    pub(super) fn read(sources: &[Source]) -> Self {
        let shared = sources.iter().filter(|source| source.name.ends_with(SHARED));
        let shared = Named::of(shared.flat_map(|source| &source.file.items));
        let mut about: HashMap<_, Vec<String>> = HashMap::new();
        for source in sources {
            let named = Named::of(&source.file.items).and(&shared);
            for (of, body) in source.file.items.iter().filter_map(answers) {
                let mut arms = Arms { of: &of, named: &named, found: Vec::new() };
                arms.visit_block(body);
                for (failures, texts) in arms.found {
                    for (of, variant) in failures {
                        add(about.entry((of, Some(variant))).or_default(), &texts);
                    }
                }
                // Where it does not ask which one it is, all of it is about the whole.
                let mut all = Texts { named: &named, found: Vec::new() };
                all.visit_block(body);
                add(about.entry((of, None)).or_default(), &all.found);
            }
        }
        Self { about }
    }

    /// What to do about a failure: one of several, or the only one of its type.
    pub(super) fn about(&self, of: &str, variant: Option<&str>) -> Vec<String> {
        let key = (of.to_owned(), variant.map(str::to_owned));
        self.about.get(&key).cloned().unwrap_or_default()
    }

    /// Every text there is.
    #[cfg(test)]
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.about.values().flatten().map(String::as_str)
    }
}

/// Adds what is not there yet.
fn add(to: &mut Vec<String>, texts: &[String]) {
    for text in texts {
        if !to.contains(text) {
            to.push(text.clone());
        }
    }
}

/// What names in an answer stand for.
#[derive(Clone)]
struct Named<'a> {
    constants: HashMap<String, Vec<String>>,
    /// Those choose among texts.
    functions: HashMap<String, &'a Block>,
}

impl<'a> Named<'a> {
    fn of(items: impl IntoIterator<Item = &'a Item>) -> Self {
        let (mut constants, mut functions) = (HashMap::new(), HashMap::new());
        for item in items {
            if let Item::Const(it) = item {
                constants.insert(it.ident.to_string(), texts(it.expr.to_token_stream()));
            } else if let Item::Fn(it) = item {
                functions.insert(it.sig.ident.to_string(), it.block.as_ref());
            }
        }
        Self { constants, functions }
    }

    fn and(mut self, shared: &Self) -> Self {
        self.constants.extend(shared.constants.clone());
        self.functions.extend(shared.functions.clone());
        self
    }
}

/// The type that an implementation of `NextStep` is for, and how it answers.
fn answers(item: &Item) -> Option<(String, &Block)> {
    let Item::Impl(ItemImpl { trait_: Some((_, path, _)), self_ty, items, .. }) = item else { return None };
    let (true, Type::Path(of)) = (path.is_ident("NextStep"), self_ty.as_ref()) else { return None };
    let of = of.path.segments.last()?.ident.to_string();
    items.iter().find_map(|item| match item {
        ImplItem::Fn(it) if it.sig.ident == "next_step" => Some((of.clone(), &it.block)),
        _ => None,
    })
}

/// A type and its variant.
type Failure = (String, String);

/// The arms that ask which failure it is, each with the failures and its texts.
struct Arms<'a> {
    of: &'a str,
    named: &'a Named<'a>,
    found: Vec<(Vec<Failure>, Vec<String>)>,
}

impl<'ast> Visit<'ast> for Arms<'_> {
    fn visit_arm(&mut self, arm: &'ast Arm) {
        let mut variants = Variants { of: self.of, found: Vec::new() };
        variants.visit_pat(&arm.pat);
        if variants.found.is_empty() {
            return visit::visit_arm(self, arm);
        }
        let mut texts = Texts { named: self.named, found: Vec::new() };
        texts.visit_expr(&arm.body);
        self.found.push((variants.found, texts.found));
    }
}

/// The variants in a pattern, those within others too.
struct Variants<'a> {
    of: &'a str,
    found: Vec<Failure>,
}

impl Variants<'_> {
    fn take(&mut self, path: &Path) {
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let [of, variant] = names.as_slice() {
            let of = if of == "Self" { self.of } else { of };
            self.found.push((of.to_owned(), variant.clone()));
        }
    }
}

impl<'ast> Visit<'ast> for Variants<'_> {
    fn visit_path(&mut self, path: &'ast Path) {
        self.take(path);
    }
}

/// The texts that an answer may be.
struct Texts<'a> {
    named: &'a Named<'a>,
    found: Vec<String>,
}

impl<'ast> Visit<'ast> for Texts<'_> {
    fn visit_lit(&mut self, literal: &'ast Lit) {
        if let Lit::Str(text) = literal {
            self.found.push(text.value());
        }
    }

    /// What an answer depends on is none.
    fn visit_pat(&mut self, _: &'ast Pat) {}

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        let name = path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        self.found.extend(self.named.constants.get(&name).into_iter().flatten().cloned());
        if let Some(block) = self.named.functions.get(&name) {
            let mut within = Texts { named: self.named, found: Vec::new() };
            within.visit_block(block);
            self.found.append(&mut within.found);
        }
    }
}

#[test]
fn each_failure_is_found_with_what_to_do_about_it() {
    let code = r#"
        const FULL: &str = "make room";
        fn about(code: &str) -> &'static str { match code { "28000" => FULL, _ => "do that" } }
        impl NextStep for Failed {
            fn next_step(&self) -> Option<&'static str> {
                Some(match self {
                    Self::Full { cause } if cause.is_full() => FULL,
                    Self::Full { .. } | Self::Closed(_) => "open it",
                    Self::Coded(code) => about(code.kind()),
                    Self::Fault(Fault::Late { .. } | Fault::Early) => "look",
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
    assert_eq!(steps.about("Failed", Some("Coded")), ["make room", "do that"]);
    assert_eq!(steps.about("Fault", Some("Late")), ["look"]);
    assert_eq!(steps.about("Fault", Some("Early")), ["look"]);
    assert_eq!(steps.about("Failed", Some("Inner")), [""; 0]);
    assert_eq!(steps.about("Alone", None), ["try again"]);
}
