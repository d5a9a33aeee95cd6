//! x
/// x
#[derive(Clone, Debug)]
pub struct Container;
impl Container { 
    /// x
    pub fn short_id(&self) -> String { String::new() } }
