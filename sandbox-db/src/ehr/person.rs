//! Closed lists on the demographics screens.

use crate::keywords::keywords;

keywords! {
    /// The sex on file.
    pub enum Sex {
        /// Female.
        Female = "female", "Female";
        /// Male.
        Male = "male", "Male";
        /// Neither of the two.
        Other = "other", "Other";
        /// Not on file.
        Unknown = "unknown", "Unknown";
    }
}

keywords! {
    /// The marital status on file.
    pub enum MaritalStatus {
        /// Never married.
        Single = "single", "Single";
        /// Married.
        Married = "married", "Married";
        /// In a domestic partnership.
        Partnered = "partnered", "Domestic partner";
        /// Divorced.
        Divorced = "divorced", "Divorced";
        /// Widowed.
        Widowed = "widowed", "Widowed";
        /// Not on file.
        Unknown = "unknown", "Unknown";
    }
}
