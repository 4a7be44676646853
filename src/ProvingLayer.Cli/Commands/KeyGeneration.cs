using ProvingLayer.Cli.Shell;
using ProvingLayer.Runtime;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Cli.Commands;

/// <summary>Generates a program's keys.</summary>
internal static class KeyGeneration
{
    /// <summary>The prover of a program, with its keys.</summary>
    /// <exception cref="ProblemException">The program has no keys of that profile.</exception>
    public static TenorProver Of(TenorArtifact program, bool isHiding, Profile profile, CancellationToken cancellation)
    {
        try
        {
            return program.GenerateKeys(isHiding, profile, cancellation);
        }
        catch (TenorException e)
        {
            throw new ProblemException(new(ExitCode.Usage, e.Error.Message));
        }
    }
}
