//! Words that stand in very many passwords, and the rows of keys that fingers follow.
//!
//! Lists of leaked passwords begin with the same few hundred words, in every combination with
//! digits and signs. Where the shortest password is long, whole lists hold next to nothing that is
//! long enough; the words they are made of are what a guesser puts together.

/// Tracks that a run of characters can follow, forwards or backwards: the alphabet, the digits,
/// rows and columns of common keyboards, and the signs above the digits.
pub(super) const TRACKS: [&str; 14] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "qwertzuiop",
    "yxcvbnm,.-",
    "azertyuiop",
    "qsdfghjklm",
    "!@#$%^&*()_+",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "aabbccddeeffgghhiijjkkllmmnnooppqqrrssttuuvvwwxxyyzz",
];

/// The words, in lower case and of three letters at least.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    WORDS.split_whitespace()
}

/// What is asked for, and where; greetings and feelings; animals, plants and the sky; heroes and
/// games; sport; food and things; colours, days and months; people; numbers and small words.
const WORDS: &str = "
    password passwort passcode passphrase pass word secret login logon signin username user guest admin
    administrator root master account access default changeme change letmein open enter test testing temp
    temporary computer internet windows google facebook apple samsung whatever nothing unknown forgot
    remember number code security secure private personal please

    patient portal health healthy hospital clinic doctor nurse medical medicine family practice office
    center care

    welcome hello iloveyou loveyou love lovely lover loveme trustno1 trust happy lucky smile forever
    friend friends baby babygirl honey sweet sugar angel heart darling kisses dream dreams freedom peace
    hope faith blessed blessing jesus christ heaven god lord grace always good life live

    monkey dragon tiger lion eagle falcon hawk bear wolf panther kitty kitten puppy doggie horse horses
    bunny rabbit dolphin turtle butterfly spider snake shark phoenix mustang flower flowers rose lily
    daisy violet sunflower sunshine sunny summer winter spring autumn rainbow star stars starlight moon
    moonlight ocean river mountain thunder lightning shadow storm snow snowflake fire earth nature garden
    galaxy planet

    princess prince queen king kings superman batman spiderman ironman wonder hero wizard magic merlin
    ninja pirate knight warrior legend killer hunter ranger starwars startrek pokemon pikachu minecraft
    fortnite roblox naruto mickey minnie disney barbie snoopy harry potter hogwarts matrix gandalf

    football baseball basketball soccer hockey softball tennis golf golfer volleyball cowboys yankees
    lakers steelers packers patriots eagles redsox chelsea arsenal liverpool barcelona madrid juventus
    champion player winner team sport sports fishing hunting racing runner dancer ferrari porsche
    mercedes corvette camaro harley honda toyota

    chocolate cookie cookies cheese banana orange cherry peanut butter pepper ginger coffee pizza candy
    cupcake strawberry music guitar piano drummer diamond silver golden gold money dollar cash rich boss
    business school teacher student college home house beach island paradise travel america american
    texas florida california london paris mexico canada chicago dallas denver houston boston york

    black white blue green yellow purple pink brown crystal monday tuesday wednesday thursday friday
    saturday sunday january february march april june july august september october november december
    birthday christmas easter halloween holiday weekend today tomorrow forever21

    mother father mommy daddy mama papa sister brother grandma grandpa daughter husband wife girl girls
    boys lady buddy children michael jordan jennifer jessica ashley amanda nicole michelle daniel andrew
    anthony joshua matthew thomas robert william charlie george james john david joseph christopher
    christian alexander alexandra benjamin samantha elizabeth victoria patricia barbara maria anna sarah
    hannah emily sophia olivia isabella maggie buster bailey bella rocky tigger pepsi hola amor teamo
    estrella

    one two three four five six seven eight nine zero hundred thousand million first this that with the
    and you your mine myself
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_lower_case_and_stand_once() {
        for word in words() {
            assert!(
                word.len() >= 3 && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()),
                "{word}"
            );
            assert_eq!(words().filter(|other| *other == word).count(), 1, "{word}");
        }
    }
}
