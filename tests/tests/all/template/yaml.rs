//! YAML as CloudFormation reads it: the short forms (`!Ref`, `!GetAtt`, `!Sub`) are the long ones in JSON.

use serde_json::{Map, Value, json};
use yaml_rust2::parser::{Event, EventReceiver, Parser, Tag};
use yaml_rust2::scanner::TScalarStyle;

/// The document, or what is wrong with it.
pub fn read(text: &str) -> Result<Value, String> {
    let mut reading = Reading::default();
    Parser::new_from_str(text).load(&mut reading, false).map_err(|error| error.to_string())?;
    reading.document.ok_or_else(|| "an empty document".to_owned())
}

#[derive(Default)]
struct Reading {
    open: Vec<Collection>,
    document: Option<Value>,
}

/// What has begun and not ended: keys and values of a mapping stand one behind the other.
struct Collection {
    tag: Option<Tag>,
    values: Vec<Value>,
}

impl EventReceiver for Reading {
    fn on_event(&mut self, event: Event) {
        match event {
            Event::Scalar(text, style, _, tag) => self.add(tagged(tag.as_ref(), scalar(text, style))),
            Event::SequenceStart(_, tag) | Event::MappingStart(_, tag) => {
                self.open.push(Collection { tag, values: Vec::new() });
            }
            Event::SequenceEnd => self.close(Value::Array),
            Event::MappingEnd => self.close(mapping),
            _ => {}
        }
    }
}

impl Reading {
    fn close(&mut self, made: fn(Vec<Value>) -> Value) {
        if let Some(Collection { tag, values }) = self.open.pop() {
            self.add(tagged(tag.as_ref(), made(values)));
        }
    }

    fn add(&mut self, value: Value) {
        match self.open.last_mut() {
            Some(collection) => collection.values.push(value),
            None => self.document = Some(value),
        }
    }
}

fn mapping(values: Vec<Value>) -> Value {
    let mut values = values.into_iter();
    let mut map = Map::new();
    while let (Some(key), Some(value)) = (values.next(), values.next()) {
        let key = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
        map.insert(key, value);
    }
    Value::Object(map)
}

fn scalar(text: String, style: TScalarStyle) -> Value {
    if style != TScalarStyle::Plain {
        return Value::String(text);
    }
    match text.as_str() {
        "" | "~" | "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => match (text.parse::<i64>(), text.parse::<f64>()) {
            (Ok(whole), _) => json!(whole),
            (_, Ok(number)) if text.starts_with(|it: char| it.is_ascii_digit()) => json!(number),
            _ => Value::String(text),
        },
    }
}

fn tagged(tag: Option<&Tag>, value: Value) -> Value {
    let Some(tag) = tag.filter(|tag| tag.handle == "!") else { return value };
    if let ("GetAtt", Some(text)) = (tag.suffix.as_str(), value.as_str()) {
        let (of, attribute) = text.split_once('.').unwrap_or((text, ""));
        return json!({ "Fn::GetAtt": [of, attribute] });
    }
    let name = match tag.suffix.as_str() {
        "Ref" | "Condition" => tag.suffix.clone(),
        function => format!("Fn::{function}"),
    };
    Value::Object(Map::from_iter([(name, value)]))
}

#[test]
fn short_forms_are_read_as_long_ones() {
    let text = "a: !Ref B\nb: !GetAtt C.D.E\nc: !Sub 'x-${Y}'\nd: !If\n  - E\n  - !Ref AWS::NoValue\n  - - 1\n    - 0.5\n    - '2'\n    - true\n";
    let expected = json!({
        "a": { "Ref": "B" },
        "b": { "Fn::GetAtt": ["C", "D.E"] },
        "c": { "Fn::Sub": "x-${Y}" },
        "d": { "Fn::If": ["E", { "Ref": "AWS::NoValue" }, [1, 0.5, "2", true]] },
    });
    assert_eq!(read(text), Ok(expected));
    assert!(read("a: [").is_err() && read("").is_err());
}
