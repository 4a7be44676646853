using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Stark.Keys;

namespace ProvingLayer.Runtime.Bindings;

/// <summary>What generated bindings know of their program, and hold against every file that is loaded for them. For generated code.</summary>
/// <param name="name">The program's name: its files are called so.</param>
/// <param name="interfaceHash">The digest of the interface that the bindings were generated for.</param>
public sealed class ProgramBinding(string name, string interfaceHash)
{
    /// <summary>The program's name.</summary>
    public string Name => name;

    /// <summary>The digest of the interface that the bindings were generated for.</summary>
    public string InterfaceHash => interfaceHash;

    /// <summary>Loads the program and generates its keys.</summary>
    /// <param name="path">The artifact's file; null for <c>NAME.tnart</c> beside the application, where a build puts it.</param>
    /// <param name="profile">The profile of the keys; standard if null.</param>
    /// <returns>The prover.</returns>
    /// <exception cref="TenorException">The file cannot be read, or is of other rules than the bindings.</exception>
    public TenorProver LoadProver(string? path, Profile? profile)
    {
        path ??= Path.Combine(AppContext.BaseDirectory, name + ".tnart");
        var artifact = TenorArtifact.Load(path);
        Check(artifact.Abi, path);
        return artifact.GenerateKeys(profile);
    }

    /// <summary>Loads a verifying key.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The key.</returns>
    /// <exception cref="TenorException">The file cannot be read, or is of other rules than the bindings.</exception>
    public TenorKey LoadKey(string path)
    {
        var key = TenorKey.Load(path);
        Check(key.Abi, path);
        return key;
    }

    /// <summary>Refuses a program that the bindings do not fit.</summary>
    /// <param name="abi">The program's ABI.</param>
    /// <param name="file">Where it came from, if from a file.</param>
    /// <exception cref="TenorException">It is another program, or was compiled from rules with another interface.</exception>
    public void Check(Abi abi, string? file)
    {
        ArgumentNullException.ThrowIfNull(abi);
        if (abi.Name != name)
        {
            throw new TenorException(new(TenorErrorKind.Mismatch, $"this is {abi.Name}, and these bindings are of {name}", file));
        }

        if (abi.InterfaceHash != interfaceHash)
        {
            throw new TenorException(new(TenorErrorKind.Mismatch, $"stale: {name} was compiled from rules with another interface ({Short(abi.InterfaceHash)}) than these bindings were generated from ({Short(interfaceHash)}); build the project that holds the rules again, and ship both from one build", file));
        }
    }

    /// <summary>Refuses a record that the bindings do not fit.</summary>
    /// <param name="record">The record.</param>
    /// <returns>The record.</returns>
    /// <exception cref="TenorException">It is another machine's, or of rules with another interface.</exception>
    public TenorRecord Check(TenorRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Machine == name && record.InterfaceHash == interfaceHash
            ? record
            : throw new TenorException(new(TenorErrorKind.Mismatch, $"this is a record of {record.Machine} with the interface {Short(record.InterfaceHash)}, and these bindings are of {name} with {Short(interfaceHash)}"));
    }

    /// <summary>A record out of a store or of another ledger, for this program.</summary>
    /// <param name="content">The record.</param>
    /// <returns>The record.</returns>
    /// <exception cref="TenorException">It is another machine's.</exception>
    public TenorRecord Of(State.StateRecord content) => Check(TenorRecord.Of(content, interfaceHash));

    private static string Short(string hash) => hash.Length == 0 ? "unknown" : hash[..Math.Min(12, hash.Length)];
}
