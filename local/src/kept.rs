//! Small files of the data folder that must survive: secrets and settings that the first start makes.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The file's content; made by `make` if there is none yet. Only its owner may read it.
pub fn or_made<E: From<io::Error>>(
    file: &Path,
    make: impl FnOnce() -> Result<Vec<u8>, E>,
) -> Result<Vec<u8>, E> {
    match std::fs::read(file) {
        Ok(content) => Ok(content),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let content = make()?;
            replace(file, &content)?;
            Ok(content)
        }
        Err(error) => Err(error.into()),
    }
}

/// Replaces the file's content: after a crash it is the old one or the new one, never a part.
pub fn replace(file: &Path, content: &[u8]) -> io::Result<()> {
    let draft = file.with_extension("new");
    // A draft that a crash left behind may be longer, or not be ours.
    match std::fs::remove_file(&draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    written.write_all(content)?;
    written.sync_all()?;
    std::fs::rename(&draft, file)?;
    match file.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::testing::Folder;

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    #[test]
    fn it_is_made_once_and_kept() -> Outcome {
        let folder = Folder::new("kept")?;
        let file = folder.path().join("secret");
        assert_eq!(or_made(&file, || io::Result::Ok(b"first".to_vec()))?, b"first");
        assert_eq!(or_made(&file, || io::Result::Ok(b"second".to_vec()))?, b"first");
        Ok(())
    }

    #[test]
    fn nobody_else_may_read_it_even_after_a_crash_left_a_draft() -> Outcome {
        let folder = Folder::new("kept")?;
        let file = folder.path().join("secret");
        std::fs::write(file.with_extension("new"), "half a secr")?;
        replace(&file, b"whole")?;
        assert_eq!(std::fs::read(&file)?, b"whole");
        assert_eq!(std::fs::metadata(&file)?.permissions().mode() & 0o777, 0o600);
        Ok(())
    }
}
