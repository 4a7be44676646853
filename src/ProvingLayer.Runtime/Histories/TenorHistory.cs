using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Histories;
using ProvingLayer.Runtime.Json;

namespace ProvingLayer.Runtime;

/// <summary>What a history says of one of its steps.</summary>
/// <param name="Function">The transition.</param>
/// <param name="NotBefore">The first second of its time.</param>
/// <param name="NotAfter">The last second of its time.</param>
/// <param name="Opened">The values that its digests are opened with, by path: <c>args.spot</c>, <c>receipts.0.amount</c>, <c>events.0.payout</c>.</param>
public sealed record TenorStep(AbiFunction Function, BigInteger NotBefore, BigInteger NotAfter, ImmutableDictionary<string, Scalar> Opened)
{
    /// <summary>The opened values as text for people, with their units, in the order of the digests.</summary>
    /// <returns>Each value's path and text.</returns>
    public IEnumerable<(string Path, string Text)> OpenedTexts() => TenorStatement.OpenedBy(Function).Select(part => (part.Path, part.Type.Format.Print(Opened[part.Path])));

    /// <summary>What the log keeps of it, its digests computed from the opened values.</summary>
    /// <param name="abi">The key's ABI, whose view of the transition counts.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="error">Which value is missing or does not fit.</param>
    internal bool TryEntry(Abi abi, out HistoryEntry entry, [NotNullWhen(false)] out TenorError? error)
    {
        entry = default;
        var index = abi.Functions.IndexOf(Function);
        for (var i = 0; index < 0 && i < abi.Functions.Length; i++)
        {
            index = abi.Functions[i].Name == Function.Name ? i : -1; // read with another copy of the ABI
        }

        Span<Digest> digests = stackalloc Digest[3];
        for (var i = 0; i < digests.Length; i++)
        {
            if (index < 0 || abi.Functions[index].Digests.FirstOrDefault(digest => digest.Name == Names[i]) is not { } digest)
            {
                error = new(TenorErrorKind.Mismatch, $"{abi.Name} has no transition {Function.Name} with these digests");
                return false;
            }

            if (!TenorStatement.TryCompute(digest, Opened, out digests[i], out error))
            {
                return false;
            }
        }

        entry = new(index, digests[0], digests[1], digests[2], NotBefore, NotAfter);
        error = null;
        return true;
    }

    private static ReadOnlySpan<string> Names => new[] { "argumentsDigest", "flowsDigest", "eventsDigest" };
}

/// <summary>
/// What a proof of a history says: that these steps, in this order, lead a machine from one root to another within a window of time. A history too long for one proof is
/// cut into segments, each a history whose first root and log are the last ones of the segment before.
/// </summary>
public sealed class TenorHistory
{
    /// <summary>The most bytes a file of a history's statement may have.</summary>
    public const int MaxFileSize = 256 * 1024 * 1024;

    private readonly AbiFunction shape; // any transition: all write roots and times alike

    internal TenorHistory(
        Abi abi, Digest programId, Digest preRoot, Digest postRoot, Digest preLog, Digest postLog, BigInteger notBefore, BigInteger notAfter, ImmutableArray<TenorStep> steps)
    {
        Abi = abi;
        shape = abi.Functions[0];
        (ProgramId, PreRoot, PostRoot, PreLog, PostLog) = (programId, preRoot, postRoot, preLog, postLog);
        (NotBefore, NotAfter, Steps) = (notBefore, notAfter, steps);
    }

    /// <summary>The program's ABI.</summary>
    public Abi Abi { get; }

    /// <summary>The program's digest.</summary>
    public Digest ProgramId { get; }

    /// <summary>The record's root before the first step. A history that begins with <c>new</c> begins with the root of the record that it made.</summary>
    public Digest PreRoot { get; }

    /// <summary>The record's root after the last step.</summary>
    public Digest PostRoot { get; }

    /// <summary>The log before the first step: the empty one, or that of the segment before.</summary>
    public Digest PreLog { get; }

    /// <summary>The log after the last step.</summary>
    public Digest PostLog { get; }

    /// <summary>No step's time begins before this second.</summary>
    public BigInteger NotBefore { get; }

    /// <summary>No step's time ends after this second.</summary>
    public BigInteger NotAfter { get; }

    /// <summary>The steps, in order. Their values travel beside the proof and are never trusted: <see cref="TryOpen(out TenorError?)"/> computes the log from them again.</summary>
    public ImmutableArray<TenorStep> Steps { get; }

    /// <summary>A second as JSON and <c>inspect</c> write it.</summary>
    /// <param name="time">The second.</param>
    /// <returns>That text.</returns>
    public string TextOf(BigInteger time) => TypeOf(shape, "notBefore").Format.Write(Scalar.Of(time));

    /// <summary>Whether this segment continues another: same program, and its first root and log are the other's last.</summary>
    /// <param name="earlier">The segment before.</param>
    public bool Continues(TenorHistory earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return ProgramId == earlier.ProgramId && PreRoot == earlier.PostRoot && PreLog == earlier.PostLog;
    }

    /// <summary>Computes the log from the steps, and compares.</summary>
    /// <param name="error">What is not opened, or that the log is another.</param>
    /// <returns>Whether it is the statement's.</returns>
    public bool TryOpen([NotNullWhen(false)] out TenorError? error) => TryOpen(Abi, out error);

    /// <summary>The same by the ABI of a key, which is what counts when the statement was read with another.</summary>
    internal bool TryOpen(Abi abi, [NotNullWhen(false)] out TenorError? error)
    {
        if (Steps.IsEmpty)
        {
            error = new(TenorErrorKind.Mismatch, "a history has at least one step");
            return false;
        }

        var log = PreLog;
        for (var i = 0; i < Steps.Length; i++)
        {
            if (!Steps[i].TryEntry(abi, out var entry, out error))
            {
                error = error with { Message = string.Create(CultureInfo.InvariantCulture, $"steps.{i}: {error.Message}") };
                return false;
            }

            log = HistoryDigests.Append(log, entry);
        }

        error = log == PostLog ? null : new(TenorErrorKind.Mismatch, "postLog is not the log of the steps beside it");
        return error is null;
    }

    /// <summary>The statement as the proof system's: both carries and the number of steps.</summary>
    internal KoalaBear[] ToPublicValues() => new HistoryBoundary(
        HistoryDigests.Carry(ProgramId, PreRoot, PreLog, NotBefore, NotAfter),
        HistoryDigests.Carry(ProgramId, PostRoot, PostLog, NotBefore, NotAfter),
        Steps.Length).ToPublicValues();

    /// <summary>What a program that verifies the proof is told: all but the log before, which it takes to be empty.</summary>
    internal HistoryClaim ToClaim() => new(PreRoot, PostRoot, Steps.Length, PostLog, NotBefore, NotAfter);

    /// <summary>Whether a JSON text is the statement of a history rather than of a step.</summary>
    /// <param name="utf8">The text.</param>
    public static bool IsHistory(ReadOnlySpan<byte> utf8) => JsonNames.HasAtTop(utf8, "history"u8);

    /// <summary>Reads a history's statement from JSON: strictly, every value once and nothing else. Its log is not computed yet.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="abi">The ABI of the program it is about.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="history">The statement.</param>
    /// <param name="error">What is wrong.</param>
    /// <returns>Whether the text was read.</returns>
    public static bool TryParse(byte[] utf8, Abi abi, string? file, [NotNullWhen(true)] out TenorHistory? history, [NotNullWhen(false)] out TenorError? error) =>
        TryRead(utf8, abi, file, isAlias: false, out history, out error);

    /// <summary>The same where the program may go by another name: that of a <c>type</c> which instantiates it.</summary>
    internal static bool TryRead(byte[] utf8, Abi abi, string? file, bool isAlias, [NotNullWhen(true)] out TenorHistory? history, [NotNullWhen(false)] out TenorError? error)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(abi);
        history = null;
        if (!JsonScalars.TryParse(utf8, file, out var json, out error) || !json.TryTakeText("program", out var program, out error))
        {
            return false;
        }

        if ((program != abi.Name && !isAlias) || !abi.IsMachine)
        {
            error = new(TenorErrorKind.Mismatch, $"this is a history of {program}, and the key is of {abi.Name}", file);
            return false;
        }

        var (digest, time) = (TypeOf(abi.Functions[0], "preRoot"), TypeOf(abi.Functions[0], "notBefore"));
        var fields = new Scalar[7];
        for (var i = 0; i < fields.Length; i++)
        {
            if (!json.TryTake($"history.{FieldNames[i]}", i < 5 ? digest : time, out fields[i], out error))
            {
                return false;
            }
        }

        var steps = ImmutableArray.CreateBuilder<TenorStep>();
        for (var path = "history.steps.0"; json.Has(path); path = string.Create(CultureInfo.InvariantCulture, $"history.steps.{steps.Count}"))
        {
            if (!TryStep(json, abi, path, file, time, out var step, out error))
            {
                return false;
            }

            steps.Add(step);
        }

        error = json.Unknown([]);
        history = error is null
            ? new(abi, fields[0].Digest, fields[1].Digest, fields[2].Digest, fields[3].Digest, fields[4].Digest, fields[5].Number, fields[6].Number, steps.ToImmutable())
            : null;
        return error is null;
    }

    /// <summary>Writes the statement as JSON that <see cref="TryParse"/> reads.</summary>
    /// <returns>The text, UTF-8.</returns>
    public byte[] ToJson()
    {
        var tree = new JsonTree();
        tree.Add("program", Abi.Name);
        Digest[] digests = [ProgramId, PreRoot, PostRoot, PreLog, PostLog];
        var (digest, time) = (TypeOf(shape, "preRoot"), TypeOf(shape, "notBefore"));
        for (var i = 0; i < digests.Length; i++)
        {
            tree.Add($"history.{FieldNames[i]}", digest, Scalar.Of(digests[i]));
        }

        tree.Add("history.notBefore", time, Scalar.Of(NotBefore));
        tree.Add("history.notAfter", time, Scalar.Of(NotAfter));
        for (var i = 0; i < Steps.Length; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"history.steps.{i}");
            tree.Add($"{path}.function", Steps[i].Function.Name);
            tree.Add($"{path}.notBefore", time, Scalar.Of(Steps[i].NotBefore));
            tree.Add($"{path}.notAfter", time, Scalar.Of(Steps[i].NotAfter));
            foreach (var (name, type) in TenorStatement.OpenedBy(Steps[i].Function))
            {
                tree.Add($"{path}.{name}", type, Steps[i].Opened[name]);
            }
        }

        return tree.ToUtf8();
    }

    private static readonly ImmutableArray<string> FieldNames = ["programId", "preRoot", "postRoot", "preLog", "postLog", "notBefore", "notAfter"];

    private static AbiScalar TypeOf(AbiFunction function, string name) => function.Publics.First(field => field.Name == name).Type;

    private static bool TryStep(
        JsonScalars json, Abi abi, string path, string? file, AbiScalar time, [NotNullWhen(true)] out TenorStep? step, [NotNullWhen(false)] out TenorError? error)
    {
        step = null;
        if (!json.TryTakeText($"{path}.function", out var name, out error)
            || !json.TryTake($"{path}.notBefore", time, out var notBefore, out error)
            || !json.TryTake($"{path}.notAfter", time, out var notAfter, out error))
        {
            return false;
        }

        if (abi.Find(name) is not { } function)
        {
            error = new(TenorErrorKind.Mismatch, $"{path}: {abi.Name} has no transition {name}", file);
            return false;
        }

        var opened = ImmutableDictionary.CreateBuilder<string, Scalar>(StringComparer.Ordinal);
        foreach (var (opens, type) in TenorStatement.OpenedBy(function))
        {
            if (!json.TryTake($"{path}.{opens}", type, out var value, out error))
            {
                return false;
            }

            opened.Add(opens, value);
        }

        step = new(function, notBefore.Number, notAfter.Number, opened.ToImmutable());
        return true;
    }
}
