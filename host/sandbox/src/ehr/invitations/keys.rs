//! Reading a list of chart numbers, as a spreadsheet writes it or as someone pastes it: one patient a line,
//! the chart number in the first column. A line that is wrong is named, and keeps no other from being read.

use crate::ehr::limits::MOST_LISTED;
use portal_host::identity::PatientId;
use sandbox_db::{FaultyLine, LineFault, Wanted};
use std::collections::HashSet;

/// Longest chart number, in bytes: what the contract with the portal takes.
const LONGEST_KEY: usize = 128;

/// How much of a faulty cell is shown, in characters: enough to find it again.
const SHOWN: usize = 40;

/// What stands between two columns, by the country of the spreadsheet and when it is pasted.
const SEPARATORS: [u8; 3] = *b",;\t";

/// What spreadsheets and people write above the column, in lower case.
const HEADINGS: [&str; 8] =
    ["chart", "chart no", "chart number", "id", "key", "mrn", "patient", "patient key"];

/// Reads a list. Whether the practice has such patients is not looked at.
///
/// Every line stands for itself: a quotation mark left open must not swallow the lines after it.
pub fn read(file: &[u8]) -> Wanted {
    let file = with_plain_line_ends(file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file));
    let (mut wanted, mut seen) = (Wanted::default(), HashSet::new());
    let lines =
        (1..).zip(file.split(|byte| *byte == b'\n')).filter(|(_, line)| !line.trim_ascii().is_empty());
    for (index, (line, text)) in lines.enumerate() {
        let cell = first_cell(text);
        if index == 0 && is_heading(&cell) {
            continue;
        }
        let fault = |fault| FaultyLine { line, cell: shown(&cell), fault };
        if wanted.patients.len().saturating_add(wanted.faults.len()) >= MOST_LISTED {
            wanted.faults.push(fault(LineFault::Beyond));
            break;
        }
        match key(&cell) {
            Err(wrong) => wanted.faults.push(fault(wrong)),
            Ok(key) if !seen.insert(key.to_owned()) => wanted.faults.push(fault(LineFault::Repeated)),
            Ok(key) => wanted.patients.push((Some(line), PatientId::new(key))),
        }
    }
    wanted
}

/// What stands before the first separator or, in quotation marks, between them, where two stand for one.
fn first_cell(line: &[u8]) -> Vec<u8> {
    let line = line.trim_ascii();
    let Some(quoted) = line.strip_prefix(b"\"") else {
        return line.split(|byte| SEPARATORS.contains(byte)).next().unwrap_or_default().to_vec();
    };
    let mut cell = Vec::new();
    let mut bytes = quoted.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
            break;
        }
        cell.push(byte);
    }
    cell
}

fn key(cell: &[u8]) -> Result<&str, LineFault> {
    let text = std::str::from_utf8(cell).map_err(|_| LineFault::NotText)?.trim();
    if text.chars().any(char::is_control) {
        Err(LineFault::NotText)
    } else if text.is_empty() {
        Err(LineFault::Empty)
    } else if text.len() > LONGEST_KEY {
        Err(LineFault::TooLong)
    } else {
        Ok(text)
    }
}

fn is_heading(cell: &[u8]) -> bool {
    let text = String::from_utf8_lossy(cell).trim().to_lowercase().replace(['_', '-'], " ");
    HEADINGS.contains(&text.trim_end_matches([':', '.', '#', ' ']))
}

/// What stands in a cell, cut short and without what no screen shows.
fn shown(cell: &[u8]) -> String {
    let text = String::from_utf8_lossy(cell);
    let mut shown: String = text.trim().chars().filter(|c| !c.is_control()).take(SHOWN).collect();
    if text.trim().chars().count() > SHOWN {
        shown.push('…');
    }
    shown
}

/// Every way of ending a line as one, so that lines are counted as an editor counts them.
fn with_plain_line_ends(file: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(file.len());
    let mut bytes = file.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\r' if bytes.peek() == Some(&b'\n') => {}
            b'\r' => plain.push(b'\n'),
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(file: &str) -> Vec<(u64, String)> {
        let patients = read(file.as_bytes()).patients;
        patients.into_iter().map(|(line, key)| (line.unwrap(), key.to_string())).collect()
    }

    fn faults(file: &[u8]) -> Vec<(u64, LineFault)> {
        read(file).faults.into_iter().map(|faulty| (faulty.line, faulty.fault)).collect()
    }

    fn keys(keys: &[(u64, &str)]) -> Vec<(u64, String)> {
        keys.iter().map(|(line, key)| (*line, (*key).to_owned())).collect()
    }

    #[test]
    fn the_first_column_is_the_chart_number_whatever_stands_beside_it() {
        for file in [
            "100001\n100002\n",
            "100001\r\n100002",
            "100001\r100002\r",
            "\u{feff}100001,Garcia\n 100002 ,\"O'Brien, Sean\",x\n",
            "\"100001\"\n\"100002\";x\n",
            "100001\tGarcia\n100002\tO'Brien\n",
        ] {
            assert_eq!(listed(file), keys(&[(1, "100001"), (2, "100002")]), "{file:?}");
            assert_eq!(faults(file.as_bytes()), [], "{file:?}");
        }
    }

    #[test]
    fn a_heading_is_no_patient_and_neither_is_a_blank_line() {
        for heading in ["Chart number", "KEY", "patient_key", "MRN#", "\u{feff}id"] {
            let file = format!("{heading},Name\n\n\n100001\n\n100002");
            assert_eq!(listed(&file), keys(&[(4, "100001"), (6, "100002")]), "{heading}");
        }
        assert_eq!(listed("garcia\nkey\n"), keys(&[(1, "garcia"), (2, "key")]));
    }

    #[test]
    fn what_is_wrong_is_told_by_line_and_the_rest_is_read() {
        let file = format!("100001\n,no number\n100001\n{}\n100\u{1}002\n  \n100003\n", "9".repeat(129));

        assert_eq!(
            faults(file.as_bytes()),
            [
                (2, LineFault::Empty),
                (3, LineFault::Repeated),
                (4, LineFault::TooLong),
                (5, LineFault::NotText),
            ]
        );
        assert_eq!(listed(&file), keys(&[(1, "100001"), (7, "100003")]));
        assert_eq!(read(file.as_bytes()).faults[2].cell, format!("{}…", "9".repeat(40)));
    }

    #[test]
    fn a_file_that_is_no_text_has_faulty_lines_and_no_patients() {
        let utf16: Vec<u8> = "100001\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for file in [&b"\xff\xfe\n\x80"[..], &utf16, b"\x89PNG\r\n\x1a\n\0\0\0\r"] {
            let wanted = read(file);
            assert!(wanted.patients.is_empty() && !wanted.faults.is_empty(), "{wanted:?}");
        }
        assert_eq!(read(b""), Wanted::default());
    }

    #[test]
    fn a_quotation_mark_left_open_swallows_no_other_line() {
        let file = "100001,\"12 Elm St\n\"100002\n100003\n\"10\"\"0004\",x\n,\n";

        assert_eq!(listed(file), keys(&[(1, "100001"), (2, "100002"), (3, "100003"), (4, "10\"0004")]));
        assert_eq!(faults(file.as_bytes()), [(5, LineFault::Empty)]);
    }

    #[test]
    fn a_list_longer_than_a_list_may_be_is_cut_and_says_where() {
        let file: String = (0..MOST_LISTED + 5).map(|key| format!("{key}\n")).collect();

        let wanted = read(file.as_bytes());

        assert_eq!(wanted.patients.len(), MOST_LISTED);
        let faults = wanted.faults.iter().map(|faulty| (faulty.line, faulty.fault)).collect::<Vec<_>>();
        assert_eq!(faults, [(MOST_LISTED as u64 + 1, LineFault::Beyond)]);
    }
}
