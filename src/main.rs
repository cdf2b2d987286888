//! The program: everything is in the library.

/// The system's own allocator is slower by a tenth at reading pages.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    gainsay::cli::main()
}
