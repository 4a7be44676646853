using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Runtime.Json;
using ProvingLayer.Runtime.Values;

namespace ProvingLayer.Runtime;

/// <summary>
/// The verifying keys that somebody trusts, by program id: who verifies statements of many programs gives a statement and its proof, and the store finds the key. What a
/// statement says of its program only chooses among these. Immutable, and safe to use from several threads.
/// </summary>
public sealed class KeyStore
{
    private static readonly Constraints.Artifacts.AbiScalar s_digest = new(default, ScalarLayout.Digest, ScalarFormat.Digest);

    private readonly Dictionary<Digest, TenorKey> keys;

    private KeyStore(Dictionary<Digest, TenorKey> keys) => this.keys = keys;

    /// <summary>A store without keys.</summary>
    public static KeyStore Empty { get; } = new([]);

    /// <summary>The keys.</summary>
    public IReadOnlyCollection<TenorKey> Keys => keys.Values;

    /// <summary>Reads all key files (<c>*.vkey</c>) of a folder that only trusted people can write to.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="store">The keys.</param>
    /// <param name="error">Which file cannot be read: a store that is not whole is none.</param>
    /// <returns>Whether all were read.</returns>
    public static bool TryOpen(string folder, [NotNullWhen(true)] out KeyStore? store, [NotNullWhen(false)] out TenorError? error)
    {
        (store, error) = (null, null);
        if (!Directory.Exists(folder))
        {
            error = new(TenorErrorKind.File, "there is no such folder", folder);
            return false;
        }

        var read = new Dictionary<Digest, TenorKey>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.vkey").Order(StringComparer.Ordinal))
        {
            if (!TenorKey.TryLoad(file, out var key, out error))
            {
                return false;
            }

            read[key.ProgramId] = key;
        }

        store = new(read);
        return true;
    }

    /// <summary>The store with one more key.</summary>
    /// <param name="key">The key, from someone who is trusted.</param>
    /// <returns>The store.</returns>
    public KeyStore With(TenorKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(new(keys) { [key.ProgramId] = key });
    }

    /// <summary>The key of a program, or null.</summary>
    /// <param name="programId">The program's id.</param>
    /// <returns>The key.</returns>
    public TenorKey? Find(HashValue programId) => keys.GetValueOrDefault(programId.Digest);

    /// <summary>Whether a proof shows a statement, of a step, a claim or a history, under a trusted key. Never throws on what it is given.</summary>
    /// <param name="statement">The statement's file.</param>
    /// <param name="proof">The proof's file.</param>
    /// <param name="key">The key under which it was judged; null if there is none.</param>
    /// <returns>What was found.</returns>
    public TenorVerification Verify(byte[] statement, ReadOnlySpan<byte> proof, out TenorKey? key)
    {
        ArgumentNullException.ThrowIfNull(statement);
        key = null;
        var isHistory = TenorHistory.IsHistory(statement);
        if (!JsonScalars.TryParse(statement, null, out var json, out var error)
            || !json.TryTake(isHistory ? "history.programId" : $"public.{KeyRules.ProgramId}", s_digest, out var programId, out error))
        {
            return new(Misfit.Statement, error.ToString());
        }

        key = keys.GetValueOrDefault(programId.Digest);
        if (key is null)
        {
            return new(Misfit.Key, $"no trusted key is of the program 0x{programId.Digest}");
        }

        if (isHistory)
        {
            return TenorHistory.TryParse(statement, key.Abi, null, out var history, out error) ? TenorVerifier.Verify(key, history, proof) : new(Misfit.Statement, error.ToString());
        }

        return TenorStatement.TryParse(statement, key.Abi, null, out var said, out error) ? TenorVerifier.Verify(key, said, proof) : new(Misfit.Statement, error.ToString());
    }
}
