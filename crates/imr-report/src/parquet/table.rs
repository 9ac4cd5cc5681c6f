//! One Parquet file while its rows come in: columns in memory, written a group of rows at a time.

use std::io::{self, Write};
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::{Type, TypePtr};
use imr_letter::span::Located;
use jiff::civil::Date;

/// Rows of a group: what is held in memory at most.
pub(super) const ROWS: usize = 10_000;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Day,
    Flag,
}

/// A cell; nothing where the letter says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text(Option<String>),
    Number(Option<i64>),
    /// Days since the first of January 1970.
    Day(Option<i32>),
    Flag(Option<bool>),
}

impl Value {
    pub(super) fn of(text: Option<&str>) -> Self {
        Self::Text(text.map(str::to_owned))
    }

    pub(super) fn count(count: usize) -> Self {
        Self::maybe(Some(count))
    }

    pub(super) fn maybe(count: Option<usize>) -> Self {
        Self::Number(count.and_then(|count| i64::try_from(count).ok()))
    }

    pub(super) fn day(date: Option<&Located<Date>>) -> Self {
        Self::Day(date.and_then(|date| days(date.value)))
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Number(_) => Kind::Number,
            Self::Day(_) => Kind::Day,
            Self::Flag(_) => Kind::Flag,
        }
    }
}

/// A file of one table.
#[derive(Debug)]
pub(super) struct Table<W: Write + Send> {
    columns: Vec<Kind>,
    rows: Vec<Vec<Value>>,
    writer: SerializedFileWriter<W>,
}

impl<W: Write + Send> Table<W> {
    pub(super) fn new(name: &str, columns: &[(String, Kind)], out: W) -> io::Result<Self> {
        let kinds = columns.iter().map(|(_, kind)| *kind).collect();
        let fields =
            columns.iter().map(|(name, kind)| field(name, *kind)).collect::<Result<_, _>>();
        let schema = Type::group_type_builder(name).with_fields(fields.map_err(failed)?).build();
        // The writer's name and no more: the same run gives the same bytes wherever it was built.
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("imr-audit ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let schema = Arc::new(schema.map_err(failed)?);
        let writer = SerializedFileWriter::new(out, schema, Arc::new(properties));
        Ok(Self { columns: kinds, rows: Vec::new(), writer: writer.map_err(failed)? })
    }

    /// Takes a row, which has a value for every column.
    pub(super) fn push(&mut self, row: Vec<Value>) -> io::Result<()> {
        if !row.iter().map(Value::kind).eq(self.columns.iter().copied()) {
            return Err(io::Error::other("a row of a table has other columns than the table"));
        }
        self.rows.push(row);
        if self.rows.len() >= ROWS { self.flush() } else { Ok(()) }
    }

    /// Writes what is left and the directory of the file.
    pub(super) fn end(&mut self) -> io::Result<()> {
        if !self.rows.is_empty() {
            self.flush()?;
        }
        self.writer.finish().map_err(failed)?;
        self.writer.inner_mut().flush()
    }

    fn flush(&mut self) -> io::Result<()> {
        let rows = std::mem::take(&mut self.rows);
        let mut group = self.writer.next_row_group().map_err(failed)?;
        let mut place = 0;
        while let Some(mut column) = group.next_column().map_err(failed)? {
            let cells = rows.iter().filter_map(|row| row.get(place));
            write(cells, &mut column).map_err(failed)?;
            column.close().map_err(failed)?;
            place += 1;
        }
        group.close().map_err(failed)?;
        Ok(())
    }
}

/// Writes the cells of one column. All are of its kind.
fn write<'v>(
    cells: impl Iterator<Item = &'v Value>,
    column: &mut SerializedColumnWriter<'_>,
) -> Result<(), ParquetError> {
    let (mut texts, mut numbers, mut days, mut flags) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut present, mut kind) = (Vec::new(), Kind::Text);
    for cell in cells {
        kind = cell.kind();
        let there = match cell {
            Value::Text(text) => {
                text.as_ref().map(|text| texts.push(ByteArray::from(text.as_str())))
            }
            Value::Number(number) => number.map(|number| numbers.push(number)),
            Value::Day(day) => day.map(|day| days.push(day)),
            Value::Flag(flag) => flag.map(|flag| flags.push(flag)),
        };
        present.push(i16::from(there.is_some()));
    }
    match kind {
        Kind::Text => batch::<ByteArrayType>(column, &texts, &present),
        Kind::Number => batch::<Int64Type>(column, &numbers, &present),
        Kind::Day => batch::<Int32Type>(column, &days, &present),
        Kind::Flag => batch::<BoolType>(column, &flags, &present),
    }
}

fn batch<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    values: &[T::T],
    present: &[i16],
) -> Result<(), ParquetError> {
    column.typed::<T>().write_batch(values, Some(present), None).map(|_| ())
}

fn field(name: &str, kind: Kind) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Number => (Physical::INT64, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
        Kind::Flag => (Physical::BOOLEAN, None),
    };
    let field = Type::primitive_type_builder(name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()?;
    Ok(Arc::new(field))
}

/// Days from the first of January 1970.
fn days(date: Date) -> Option<i32> {
    let epoch = jiff::civil::date(1970, 1, 1);
    i32::try_from(date.duration_since(epoch).as_hours() / 24).ok()
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Kind, Table, Value, days};

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(days(date(1970, 1, 1)), Some(0));
        assert_eq!(days(date(2000, 3, 1)), Some(11_017));
        assert_eq!(days(date(1969, 12, 31)), Some(-1));
        assert_eq!(days(date(2016, 2, 29)), Some(16_860));
    }

    #[test]
    fn a_row_of_other_columns_is_refused() {
        let mut table = Table::new("t", &[("a".to_owned(), Kind::Number)], Vec::new()).unwrap();
        table.push(vec![Value::Number(Some(1))]).unwrap();
        assert!(table.push(vec![Value::of(Some("1"))]).is_err());
        assert!(table.push(Vec::new()).is_err());
    }
}
