//! The languages that patients can read, as the folders of `plugin/words` say: where there is another, the tests look at
//! it too.

use crate::artifacts::root;
use std::path::PathBuf;
use std::sync::LazyLock;

/// Where their words are, a folder for each.
pub fn folder() -> PathBuf {
    root().join("plugin/words")
}

/// The tag of each, and what it calls itself.
static SPOKEN: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let tags = compile_words::languages(&folder()).unwrap_or_else(|problem| panic!("{problem}"));
    let named = tags.into_iter().map(|tag| {
        let said = compile_words::said(&folder(), &tag, str::to_owned);
        let mut said = said.unwrap_or_else(|problem| panic!("{problem}")).into_iter();
        let name = said.find(|said| said.name == "-language-name").expect("a name").text;
        (tag, name)
    });
    named.collect()
});

/// By the tags that the element `html` has. The first is what the words of a state are in.
///
/// # Panics
/// Where the words are not right.
pub fn tags() -> &'static [&'static str] {
    static TAGS: LazyLock<Vec<&'static str>> =
        LazyLock::new(|| SPOKEN.iter().map(|(tag, _)| tag.as_str()).collect());
    &TAGS
}

/// The first of them.
pub fn first() -> &'static str {
    tags()[0]
}

/// What a language calls itself.
///
/// # Panics
/// Where there is no such language.
pub fn named(tag: &str) -> &'static str {
    &SPOKEN.iter().find(|(other, _)| other == tag).expect("one of the languages").1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_the_first_of_several_and_each_has_a_name() {
        assert_eq!((first(), named(first())), ("en", "English"));
        assert!(tags().len() > 1 && tags().iter().all(|tag| !named(tag).is_empty()), "{:?}", tags());
    }
}
