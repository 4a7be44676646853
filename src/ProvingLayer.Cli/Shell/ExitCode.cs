namespace ProvingLayer.Cli.Shell;

/// <summary>What the tool's exit code says. Scripts depend on these numbers.</summary>
internal enum ExitCode
{
    /// <summary>Done; nothing to complain about.</summary>
    Ok = 0,

    /// <summary>The user's program, test or input is wrong, and the diagnostics say where.</summary>
    Diagnostics = 1,

    /// <summary>The command line is wrong: an unknown verb or option, a file that is not there.</summary>
    Usage = 2,

    /// <summary>A defect of this tool.</summary>
    Internal = 3,

    /// <summary>The verifier did not accept.</summary>
    Rejected = 4,
}
