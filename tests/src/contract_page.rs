//! The contract as a page to read, docs/contract.md: what `wit/` says, in the order in which an EHR vendor meets it.

use crate::html::in_one_line;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use wit_parser::{
    Docs, Function, Handle, Interface, InterfaceId, Resolve, Stability, Type, TypeDef, TypeDefKind, TypeId,
    WorldId, WorldItem,
};

/// What the page begins with, before what is read from `wit/`.
const HEAD: &str = "\
# The contract, word for word

<!-- Written by `cargo xtask contract` from wit/*.wit. Change it there. -->

Everything that an EHR lends the portal and everything that the portal gives it, for whoever builds either side. What both
sides promise each other, and how the contract may change, is in [wit/README.md](../wit/README.md); how to embed the
portal is in [embedding.md](embedding.md).

";

/// The page for the contract in this folder.
pub fn page(wit: &Path) -> String {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_dir(wit).expect("wit/ can be read");
    let world = resolve.select_world(&[package], None).expect("one world");
    let pages = Pages { resolve, world };
    let mut page = HEAD.to_owned();
    let name = &pages.resolve.packages[package].name;
    writeln!(page, "The package is `{name}`, of the world `{}`.\n", pages.resolve.worlds[world].name)
        .expect("memory");
    pages.begin(&mut page, &pages.resolve.worlds[world].docs, &pages.resolve.worlds[world].stability);
    pages.contents(&mut page);
    for id in pages.in_order() {
        pages.interface(&mut page, id);
    }
    format!("{}\n", page.trim_end())
}

struct Pages {
    resolve: Resolve,
    world: WorldId,
}

impl Pages {
    /// Each interface once: the words shared by all, what the portal gives, what the EHR lends.
    fn in_order(&self) -> Vec<InterfaceId> {
        let [shared, given, lent] = self.parts();
        let mut seen = BTreeSet::new();
        shared.into_iter().chain(given).chain(lent).filter(|id| seen.insert(self.name(*id))).collect()
    }

    /// Interfaces without a function, those exported, and those imported, ours before those of WASI.
    fn parts(&self) -> [Vec<InterfaceId>; 3] {
        let world = &self.resolve.worlds[self.world];
        let has_functions = |id: &InterfaceId| !self.resolve.interfaces[*id].functions.is_empty();
        let (mut lent, shared) = interfaces(world.imports.values()).partition::<Vec<_>, _>(has_functions);
        lent.sort_by_key(|id| self.resolve.interfaces[*id].package != world.package);
        [shared, interfaces(world.exports.values()).collect(), lent]
    }

    fn contents(&self, page: &mut String) {
        let titles =
            ["Words shared by all", "What the portal gives the EHR", "What the EHR lends the portal"];
        for (title, part) in titles.iter().zip(self.parts()) {
            writeln!(page, "**{title}**\n").expect("memory");
            for id in part {
                let interface = &self.resolve.interfaces[id];
                let (name, about) = (self.name(id), first_sentence(&interface.docs));
                let functions: Vec<_> = interface.functions.keys().map(|name| format!("`{name}`")).collect();
                let functions =
                    if functions.is_empty() { String::new() } else { format!(" ({})", functions.join(", ")) };
                writeln!(page, "- [{name}](#{}): {about}{functions}", anchor(&name)).expect("memory");
            }
            page.push('\n');
        }
    }

    fn interface(&self, page: &mut String, id: InterfaceId) {
        let interface = &self.resolve.interfaces[id];
        writeln!(page, "## {}\n", self.name(id)).expect("memory");
        self.begin(page, &interface.docs, &interface.stability);
        self.used(page, interface, id);
        for function in interface.functions.values() {
            writeln!(page, "### {}.{}\n", self.name(id), function.name).expect("memory");
            writeln!(page, "```wit\n{}\n```\n", self.signature(function)).expect("memory");
            // What came with the interface says so by saying nothing.
            let since = if function.stability == interface.stability {
                &Stability::Unknown
            } else {
                &function.stability
            };
            self.begin(page, &function.docs, since);
        }
        for (name, id_of_type) in &interface.types {
            let definition = &self.resolve.types[*id_of_type];
            if self.is_used_from_elsewhere(definition) {
                continue;
            }
            writeln!(page, "### {}.{name}\n", self.name(id)).expect("memory");
            self.definition(page, name, definition);
        }
    }

    /// What an interface takes from others.
    fn used(&self, page: &mut String, interface: &Interface, id: InterfaceId) {
        let used = interface.types.iter().filter_map(|(name, used)| match self.resolve.types[*used].kind {
            TypeDefKind::Type(Type::Id(from)) => {
                let owner = self.owner(from).filter(|owner| *owner != id)?;
                let owner = self.name(owner);
                Some(format!("[`{name}`](#{})", anchor(&format!("{owner}.{name}"))))
            }
            _ => None,
        });
        let used: Vec<_> = used.collect();
        if !used.is_empty() {
            writeln!(page, "Uses {}.\n", used.join(", ")).expect("memory");
        }
    }

    fn is_used_from_elsewhere(&self, definition: &TypeDef) -> bool {
        match definition.kind {
            TypeDefKind::Type(Type::Id(from)) => self.owner(from) != owner(definition),
            _ => false,
        }
    }

    fn owner(&self, id: TypeId) -> Option<InterfaceId> {
        owner(&self.resolve.types[id])
    }

    /// What an interface is called: in our own package by its name alone.
    fn name(&self, id: InterfaceId) -> String {
        let interface = &self.resolve.interfaces[id];
        if interface.package == self.resolve.worlds[self.world].package {
            interface.name.clone().expect("an interface with a name")
        } else {
            self.resolve.id_of(id).expect("an interface with a name")
        }
    }

    /// What is said of something, and since when there is it.
    fn begin(&self, page: &mut String, docs: &Docs, stability: &Stability) {
        if let Stability::Stable { since, deprecated, .. } = stability {
            let deprecated =
                deprecated.as_ref().map_or(String::new(), |since| format!(", deprecated since {since}"));
            writeln!(page, "*Since {since}{deprecated}.*\n").expect("memory");
        }
        if let Some(docs) = docs.contents.as_deref().map(str::trim).filter(|docs| !docs.is_empty()) {
            writeln!(page, "{docs}\n").expect("memory");
        }
    }

    fn definition(&self, page: &mut String, name: &str, definition: &TypeDef) {
        let parts: Vec<(String, &Docs)> = match &definition.kind {
            TypeDefKind::Record(record) => record
                .fields
                .iter()
                .map(|it| (format!("{}: {}", it.name, self.ty(&it.ty)), &it.docs))
                .collect(),
            TypeDefKind::Variant(variant) => variant
                .cases
                .iter()
                .map(|it| match &it.ty {
                    Some(ty) => (format!("{}({})", it.name, self.ty(ty)), &it.docs),
                    None => (it.name.clone(), &it.docs),
                })
                .collect(),
            TypeDefKind::Enum(of) => of.cases.iter().map(|it| (it.name.clone(), &it.docs)).collect(),
            TypeDefKind::Flags(of) => of.flags.iter().map(|it| (it.name.clone(), &it.docs)).collect(),
            _ => Vec::new(),
        };
        self.begin(page, &definition.docs, &Stability::Unknown);
        if parts.is_empty() {
            let alias = self.kind(&definition.kind);
            writeln!(page, "```wit\ntype {name} = {alias};\n```\n").expect("memory");
        } else {
            writeln!(page, "{}:\n", kind_in_words(&definition.kind)).expect("memory");
            for (part, docs) in &parts {
                let said =
                    docs.contents.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>();
                let said = if said.is_empty() { String::new() } else { format!(": {}", said.join(" ")) };
                writeln!(page, "- `{part}`{said}").expect("memory");
            }
            page.push('\n');
        }
    }

    fn signature(&self, function: &Function) -> String {
        let parameters = function.params.iter().map(|it| format!("{}: {}", it.name, self.ty(&it.ty)));
        let parameters = parameters.collect::<Vec<_>>().join(", ");
        let result = function.result.as_ref().map_or(String::new(), |ty| format!(" -> {}", self.ty(ty)));
        format!("{}: func({parameters}){result};", function.name)
    }

    fn ty(&self, ty: &Type) -> String {
        let Type::Id(id) = ty else { return format!("{ty:?}").to_lowercase() };
        let definition = &self.resolve.types[*id];
        definition.name.clone().unwrap_or_else(|| self.kind(&definition.kind))
    }

    /// A type that has no name of its own.
    fn kind(&self, kind: &TypeDefKind) -> String {
        match kind {
            TypeDefKind::Type(ty) => self.ty(ty),
            TypeDefKind::Option(ty) => format!("option<{}>", self.ty(ty)),
            TypeDefKind::List(ty) => format!("list<{}>", self.ty(ty)),
            TypeDefKind::Tuple(tuple) => {
                format!("tuple<{}>", tuple.types.iter().map(|ty| self.ty(ty)).collect::<Vec<_>>().join(", "))
            }
            TypeDefKind::Result(of) => match (&of.ok, &of.err) {
                (None, None) => "result".to_owned(),
                (Some(ok), None) => format!("result<{}>", self.ty(ok)),
                (ok, Some(err)) => {
                    format!(
                        "result<{}, {}>",
                        ok.as_ref().map_or("_".to_owned(), |ok| self.ty(ok)),
                        self.ty(err)
                    )
                }
            },
            TypeDefKind::Handle(Handle::Own(id) | Handle::Borrow(id)) => self.ty(&Type::Id(*id)),
            other => panic!("the page cannot show a {} yet: teach it here", other.as_str()),
        }
    }
}

fn kind_in_words(kind: &TypeDefKind) -> &'static str {
    match kind {
        TypeDefKind::Record(_) => "A record of",
        TypeDefKind::Flags(_) => "Any of",
        _ => "One of",
    }
}

fn interfaces<'i>(items: impl Iterator<Item = &'i WorldItem>) -> impl Iterator<Item = InterfaceId> {
    items.filter_map(|item| match item {
        WorldItem::Interface { id, .. } => Some(*id),
        WorldItem::Function(_) | WorldItem::Type { .. } => None,
    })
}

fn owner(definition: &TypeDef) -> Option<InterfaceId> {
    match definition.owner {
        wit_parser::TypeOwner::Interface(id) => Some(id),
        wit_parser::TypeOwner::World(_) | wit_parser::TypeOwner::None => None,
    }
}

/// The first sentence of what is said of something.
fn first_sentence(docs: &Docs) -> String {
    let text = in_one_line(docs.contents.as_deref().unwrap_or_default());
    text.split_once(". ").map_or(text.clone(), |(first, _)| format!("{first}."))
}

/// Where a heading is, as the places that show these pages name it: small letters, digits and hyphens, and a hyphen for a space.
pub fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_found_as_they_are_shown() {
        assert_eq!(anchor("Who calls whom"), "who-calls-whom");
        assert_eq!(anchor("`accounts.save`, and why"), "accountssave-and-why");
    }
}
