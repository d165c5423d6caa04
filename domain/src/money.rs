//! Money: whole minor units (cents) and a currency. Sums are checked; nothing is ever rounded.

use std::fmt;

/// A currency of ISO 4217.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Currency(iso_currency::Currency);

/// Not a currency of ISO 4217.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a currency of ISO 4217")]
pub struct NotACurrency;

impl Currency {
    /// The currency of a code such as `TWD`.
    ///
    /// # Errors
    /// [`NotACurrency`].
    pub fn parse(code: &str) -> Result<Self, NotACurrency> {
        iso_currency::Currency::from_code(code).map(Self).ok_or(NotACurrency)
    }

    /// Its code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many digits of an amount stand behind the point: 2 for `TWD`, 0 for `JPY`.
    pub fn digits(self) -> u32 {
        self.0.exponent().map_or(2, u32::from)
    }
}

/// An amount of money, never below nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// In the currency's smallest unit: 128000 is NT$1,280.00.
    pub minor: u64,
    /// The currency.
    pub currency: Currency,
}

/// The most minor units that an amount may have: sums of a thousand stay far below the limits of every
/// program that reads them (2⁵³).
pub const MOST_MINOR: u64 = 1_000_000_000_000;

impl fmt::Display for Money {
    /// As people write it everywhere: the code, then the amount in groups of three; no fraction where it
    /// is nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.currency.digits();
        let unit = 10u64.pow(digits);
        let (whole, fraction) = (self.minor / unit, self.minor % unit);
        let plain = whole.to_string();
        let mut grouped = String::with_capacity(plain.len() + plain.len() / 3);
        for (place, digit) in plain.chars().enumerate() {
            if place > 0 && (plain.len() - place).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        write!(f, "{} {grouped}", self.currency.code())?;
        if fraction == 0 { Ok(()) } else { write!(f, ".{fraction:0width$}", width = digits as usize) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_in_their_currencys_digits() -> Result<(), NotACurrency> {
        let cases = [
            ("TWD", 128_000, "TWD 1,280"),
            ("TWD", 128_050, "TWD 1,280.50"),
            ("JPY", 1_234_567, "JPY 1,234,567"),
            ("USD", 5, "USD 0.05"),
            ("BHD", 1_234, "BHD 1.234"),
            ("USD", 100_000_000, "USD 1,000,000"),
        ];
        for (code, minor, text) in cases {
            assert_eq!(Money { minor, currency: Currency::parse(code)? }.to_string(), text);
        }
        assert_eq!(Currency::parse("twd"), Err(NotACurrency));
        assert_eq!(Currency::parse("XYZ"), Err(NotACurrency));
        Ok(())
    }
}
