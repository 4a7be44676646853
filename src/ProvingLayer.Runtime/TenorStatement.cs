using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Runtime.Json;

namespace ProvingLayer.Runtime;

/// <summary>
/// What a proof says: the fields of the public statement, and the values behind its digests (public arguments, receipts, events, a result). Those
/// travel beside the proof and are never trusted: <see cref="TryOpen(out TenorError?)"/> computes every digest from them again.
/// </summary>
public sealed class TenorStatement
{
    /// <summary>The most bytes a file of a statement may have.</summary>
    public const int MaxFileSize = 16 * 1024 * 1024;

    private readonly ImmutableDictionary<string, Scalar> opened;

    internal TenorStatement(string program, AbiFunction function, ImmutableArray<Scalar> publics, ImmutableDictionary<string, Scalar> opened) =>
        (Program, Function, Publics, this.opened) = (program, function, publics, opened);

    /// <summary>The machine's or statement's name.</summary>
    public string Program { get; }

    /// <summary>The transition or statement.</summary>
    public AbiFunction Function { get; }

    /// <summary>The values of the public statement, in the order of the function's publics.</summary>
    public ImmutableArray<Scalar> Publics { get; }

    /// <summary>The values that digests of the statement are opened with, by path: <c>args.spot</c>, <c>receipts.0.amount</c>, <c>events.0.payout</c>.</summary>
    public IReadOnlyDictionary<string, Scalar> Opened => opened;

    /// <summary>The value of a public field.</summary>
    /// <param name="name">The field's name, such as <c>preRoot</c>.</param>
    public Scalar this[string name] => Publics[IndexOf(name)];

    /// <summary>The value of a public field as JSON and <c>inspect</c> write it.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>That text.</returns>
    public string TextOf(string name) => Function.Publics[IndexOf(name)].Type.Format.Write(this[name]);

    /// <summary>The opened values as text for people, with their units, in the order of the digests.</summary>
    /// <returns>Each value's path and text.</returns>
    public IEnumerable<(string Path, string Text)> OpenedTexts() => OpenedBy(Function).Select(part => (part.Path, part.Type.Format.Print(opened[part.Path])));

    /// <summary>The same statement with one public field changed: what a verifier has to refuse.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">Its new value.</param>
    /// <returns>The changed statement.</returns>
    public TenorStatement With(string name, Scalar value) => new(Program, Function, Publics.SetItem(IndexOf(name), value), opened);

    /// <summary>The same statement with one opened value changed.</summary>
    /// <param name="path">The value's path.</param>
    /// <param name="value">Its new value.</param>
    /// <returns>The changed statement.</returns>
    public TenorStatement WithOpened(string path, Scalar value) => new(Program, Function, Publics, opened.SetItem(path, value));

    /// <summary>The same statement with its digests computed from its opened values.</summary>
    /// <returns>The statement, which opens.</returns>
    public TenorStatement Redigested() => Function.Digests.Aggregate(this, (statement, digest) => statement.With(digest.Name, Scalar.Of(statement.Compute(digest))));

    /// <summary>Reads a statement from JSON: strictly, every value once and nothing else. Its digests are not computed yet.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="abi">The ABI of the program it is about.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="error">What is wrong.</param>
    /// <returns>Whether the text was read.</returns>
    public static bool TryParse(byte[] utf8, Abi abi, string? file, [NotNullWhen(true)] out TenorStatement? statement, [NotNullWhen(false)] out TenorError? error) =>
        TryRead(utf8, abi, file, isAlias: false, out statement, out error);

    /// <summary>The same where the program may go by another name: that of a <c>type</c> which instantiates it.</summary>
    internal static bool TryRead(byte[] utf8, Abi abi, string? file, bool isAlias, [NotNullWhen(true)] out TenorStatement? statement, [NotNullWhen(false)] out TenorError? error)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(abi);
        statement = null;
        if (!JsonScalars.TryParse(utf8, file, out var json, out error)
            || !json.TryTakeText("program", out var program, out error)
            || !json.TryTakeText("function", out var name, out error))
        {
            return false;
        }

        if ((program != abi.Name && !isAlias) || abi.Find(name) is not { } function)
        {
            error = new(TenorErrorKind.Mismatch, $"this is a statement of {program}.{name}, and the key is of {abi.Name}", file);
            return false;
        }

        var publics = ImmutableArray.CreateBuilder<Scalar>();
        foreach (var field in function.Publics)
        {
            if (!json.TryTake($"public.{field.Name}", field.Type, out var value, out error))
            {
                return false;
            }

            publics.Add(value);
        }

        var opened = ImmutableDictionary.CreateBuilder<string, Scalar>(StringComparer.Ordinal);
        foreach (var (path, type) in OpenedBy(function))
        {
            if (!json.TryTake(path, type, out var value, out error))
            {
                return false;
            }

            opened.Add(path, value);
        }

        error = json.Unknown([]);
        statement = error is null ? new(program, function, publics.ToImmutable(), opened.ToImmutable()) : null;
        return error is null;
    }

    /// <summary>Writes the statement as JSON that <see cref="TryParse"/> reads.</summary>
    /// <returns>The text, UTF-8.</returns>
    public byte[] ToJson()
    {
        var tree = new JsonTree();
        tree.Add("program", Program);
        tree.Add("function", Function.Name);
        for (var i = 0; i < Publics.Length; i++)
        {
            tree.Add($"public.{Function.Publics[i].Name}", Function.Publics[i].Type, Publics[i]);
        }

        foreach (var (path, type) in OpenedBy(Function))
        {
            tree.Add(path, type, opened[path]);
        }

        return tree.ToUtf8();
    }

    /// <summary>Computes the digests from the opened values, and compares.</summary>
    /// <param name="error">The first digest that is not the one of the statement.</param>
    /// <returns>Whether all are.</returns>
    public bool TryOpen([NotNullWhen(false)] out TenorError? error) => TryOpen(Function, out error);

    /// <summary>The same by the digests of a key's function, which is what counts when the statement was read with another ABI.</summary>
    internal bool TryOpen(AbiFunction function, [NotNullWhen(false)] out TenorError? error)
    {
        foreach (var digest in function.Digests)
        {
            if (!TryCompute(digest, opened, out var computed, out error))
            {
                return false;
            }

            if (computed != this[digest.Name].Digest)
            {
                error = new(TenorErrorKind.Mismatch, $"{digest.Name} is not the digest of {What(digest)}");
                return false;
            }
        }

        error = null;
        return true;
    }

    /// <summary>The statement as the proof system's public values, in order.</summary>
    internal KoalaBear[] ToPublicValues()
    {
        var elements = new KoalaBear[Function.Publics.Sum(field => field.Type.Layout.Limbs)];
        var next = 0;
        for (var i = 0; i < Publics.Length; i++)
        {
            var layout = Function.Publics[i].Type.Layout;
            layout.Write(Publics[i], elements.AsSpan(next, layout.Limbs));
            next += layout.Limbs;
        }

        return elements;
    }

    /// <summary>What the digests of a function are opened with: arguments, then receipts, events and results slot by slot, each with its type.</summary>
    internal static IEnumerable<(string Path, AbiScalar Type)> OpenedBy(AbiFunction function)
    {
        var covered = function.Digests.SelectMany(digest => digest.Parts).Select(part => part.Path).ToHashSet(StringComparer.Ordinal);
        return function.Inputs.Select(input => (input.Name, input.Type)).Concat(function.Outputs.Select(output => (output.Name, output.Type)))
            .Where(scalar => covered.Contains(scalar.Name)).DistinctBy(scalar => scalar.Name);
    }

    /// <summary>Computes a digest from the values that it is opened with.</summary>
    internal static bool TryCompute(AbiDigest digest, IReadOnlyDictionary<string, Scalar> opened, out Digest computed, [NotNullWhen(false)] out TenorError? error)
    {
        if (digest.Parts.FirstOrDefault(part => ValueOf(part, opened) is null) is { } missing)
        {
            computed = default;
            error = new(TenorErrorKind.Mismatch, $"{missing.Path}, which {digest.Name} covers, is not opened");
            return false;
        }

        computed = Digests.Of(digest.Tag, [.. digest.Parts.Select(part => (ValueOf(part, opened)!.Value, part.Layout))]);
        error = null;
        return true;
    }

    private Digest Compute(AbiDigest digest) =>
        TryCompute(digest, opened, out var computed, out var error) ? computed : throw new ArgumentException(error.Message, nameof(digest));

    // What a part contributes; null when it is not opened, or by something of another kind or range.
    private static Scalar? ValueOf(AbiDigestPart part, IReadOnlyDictionary<string, Scalar> opened)
    {
        if (!opened.TryGetValue(part.Path, out var value))
        {
            return null;
        }

        return part.Constant is not { } constant ? (Fits(value, part.Layout) ? value : null)
            : value.Kind != ScalarKind.Boolean ? null
            : value.IsTrue ? constant
            : Scalar.Zero(constant.Kind);
    }

    private static bool Fits(Scalar value, ScalarLayout layout) =>
        value.Kind == layout.Kind && (value.Kind != ScalarKind.Integer || layout.Interval.Contains(value.Number));

    private static string What(AbiDigest digest)
    {
        var paths = digest.Parts.Select(part => part.Path).Distinct(StringComparer.Ordinal).ToList();
        return paths.Count switch
        {
            0 => "nothing, as it has to be",
            <= 4 => $"the values beside it ({string.Join(", ", paths)})",
            _ => $"the values beside it ({string.Join(", ", paths.Take(3))}, …)",
        };
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < Function.Publics.Length; i++)
        {
            if (Function.Publics[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"the statement has no field '{name}'", nameof(name));
    }
}
