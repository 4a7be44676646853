using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Runtime.Files;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Security;

namespace ProvingLayer.Runtime;

/// <summary>A compiled machine or statement, as the compiler writes it to a <c>.tnart</c> file: its ABI, and a circuit for each transition.</summary>
public sealed class TenorArtifact
{
    /// <summary>The most bytes an artifact's file may have.</summary>
    public const int MaxFileSize = 256 * 1024 * 1024;

    private readonly Artifact artifact;

    private TenorArtifact(Artifact artifact) => this.artifact = artifact;

    /// <summary>How inputs, statement and outputs are written.</summary>
    public Abi Abi => artifact.Abi;

    /// <summary>The machine's or statement's name.</summary>
    public string Name => Abi.Name;

    /// <summary>The version of the compiler that made it.</summary>
    public string CompilerVersion => artifact.CompilerVersion;

    /// <summary>A circuit for each transition, in the order of the ABI's functions.</summary>
    public ImmutableArray<Circuit> Circuits => artifact.Circuits;

    /// <summary>A program that was just compiled.</summary>
    /// <param name="artifact">What the compiler made.</param>
    /// <returns>The program.</returns>
    public static TenorArtifact Of(Artifact artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        return new(artifact);
    }

    /// <summary>Reads an artifact's file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The program.</returns>
    /// <exception cref="TenorException">The file cannot be read, or is no artifact.</exception>
    public static TenorArtifact Load(string path) => TryLoad(path, out var artifact, out var error) ? artifact : throw new TenorException(error);

    /// <summary>Reads an artifact's file, or says what is wrong with it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="artifact">The program.</param>
    /// <param name="error">What is wrong.</param>
    /// <returns>Whether it was read.</returns>
    public static bool TryLoad(string path, [NotNullWhen(true)] out TenorArtifact? artifact, [NotNullWhen(false)] out TenorError? error)
    {
        artifact = null;
        return DurableFile.TryRead(path, MaxFileSize, out var bytes, out error) && TryRead(bytes, path, out artifact, out error);
    }

    /// <summary>Reads an artifact from the bytes of its file, or says what is wrong with them.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="artifact">The program.</param>
    /// <param name="error">What is wrong.</param>
    /// <returns>Whether it was read.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, string? file, [NotNullWhen(true)] out TenorArtifact? artifact, [NotNullWhen(false)] out TenorError? error)
    {
        var isRead = Artifact.TryRead(bytes, out var content, out var fault);
        artifact = isRead ? new(content!) : null;
        error = isRead ? null : new(TenorErrorKind.Format, $"this is no compiled program that can be read: {fault}", file);
        return isRead;
    }

    /// <summary>The artifact as the bytes of a file: one artifact, one encoding.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ToBytes() => artifact.Write();

    /// <summary>Writes the artifact's file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) => DurableFile.Write(path, ToBytes());

    /// <summary>Whether anything goes into a run that its statement does not show; then keys are hiding unless one asks for transparent ones.</summary>
    public bool HasPrivateInputs => Abi.HasPrivateInputs;

    /// <summary>Generates the keys of all transitions, hiding if the program has private inputs. The same artifact gives the same keys.</summary>
    /// <param name="profile">The profile; standard if null.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>A prover, which holds the key that verifies its proofs.</returns>
    /// <exception cref="TenorException">The profile promises more than that of an inner proof's key, which no proof of this program can hold.</exception>
    public TenorProver GenerateKeys(Profile? profile = null, CancellationToken cancellation = default) => GenerateKeys(HasPrivateInputs, profile, cancellation);

    /// <summary>Generates the hiding or the transparent keys of all transitions. The same artifact gives the same keys.</summary>
    /// <param name="isHiding">Whether proofs hide what goes into them (zero knowledge).</param>
    /// <param name="profile">The profile; standard if null.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>A prover, which holds the key that verifies its proofs.</returns>
    /// <exception cref="TenorException">The profile promises more than that of an inner proof's key, which no proof of this program can hold.</exception>
    public TenorProver GenerateKeys(bool isHiding, Profile? profile = null, CancellationToken cancellation = default)
    {
        var chosen = profile ?? Profile.Standard;
        foreach (var asked in Abi.Functions.SelectMany(function => function.InnerProofs))
        {
            if (InnerProofInput.ProfileOf(asked) is { } inner && (inner.MinimumBits < chosen.MinimumBits || (chosen.Regime == DecodingRegime.Unique && inner.Regime != chosen.Regime)))
            {
                throw new TenorException(new(
                    TenorErrorKind.Mismatch,
                    $"{Name} verifies proofs of {asked.Description} under a key of the profile {inner.Name}, so its own proofs show no more than that: it has no keys of the profile {chosen.Name}"));
            }
        }

        return new(this, chosen, isHiding, cancellation);
    }
}
