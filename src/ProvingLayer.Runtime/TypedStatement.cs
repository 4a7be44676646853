using System.Collections.Immutable;
using ProvingLayer.Recursion;
using ProvingLayer.Runtime.Bindings;
using ProvingLayer.Runtime.Files;
using ProvingLayer.Runtime.Values;

namespace ProvingLayer.Runtime;

/// <summary>Whether value was made or destroyed.</summary>
public enum TenorIssue
{
    /// <summary>It was moved.</summary>
    None,

    /// <summary>It was made.</summary>
    Mint,

    /// <summary>It was destroyed.</summary>
    Burn,
}

/// <summary>A receipt that a step disclosed: value that moved between a machine and a party, or was made or destroyed.</summary>
/// <param name="Asset">The asset's full name.</param>
/// <param name="Party">The party.</param>
/// <param name="Amount">How much, in the asset's smallest units.</param>
/// <param name="IsPayment">Whether the party paid; else it was paid.</param>
public sealed record TenorReceipt(string Asset, PartyKey Party, UInt128 Amount, bool IsPayment)
{
    /// <summary>Whether the machine made or destroyed the amount; then there is no party.</summary>
    public TenorIssue Issue { get; init; }

    /// <summary>The amount, if it is of an asset.</summary>
    /// <typeparam name="TAsset">The asset.</typeparam>
    /// <returns>The quantity; null if the receipt is of another asset.</returns>
    public Qty<TAsset>? AmountOf<TAsset>()
        where TAsset : IAsset => Asset == TAsset.QualifiedName ? new Qty<TAsset>(Amount) : null;
}

/// <summary>
/// What a proof says, typed; the base of generated statements. Until <see cref="Verify"/> has accepted a proof of it, it is only what somebody says.
/// </summary>
public abstract class TypedStatement
{
    /// <summary>A statement with this content.</summary>
    /// <param name="binding">What the bindings know.</param>
    /// <param name="function">The transition or statement it must be of.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="TenorException">The content is another transition's.</exception>
    protected TypedStatement(ProgramBinding binding, string function, TenorStatement content)
    {
        ArgumentNullException.ThrowIfNull(binding);
        ArgumentNullException.ThrowIfNull(content);
        Content = content.Program == binding.Name && content.Function.Name == function
            ? content
            : throw new TenorException(new(TenorErrorKind.Mismatch, $"this is a statement of {content.Program}.{content.Function.Name}, not of {binding.Name}.{function}"));
    }

    /// <summary>The statement as it is proved, untyped.</summary>
    public TenorStatement Content { get; }

    /// <summary>The digest of the program's keys.</summary>
    public HashValue ProgramId => new(Content[KeyRules.ProgramId].Digest);

    /// <summary>Whether a proof shows this statement under a key. Never throws on what it is given.</summary>
    /// <param name="key">The key, from someone whom the caller trusts.</param>
    /// <param name="proof">The bytes of the proof's file.</param>
    /// <returns>What was found.</returns>
    public TenorVerification Verify(TenorKey key, ReadOnlySpan<byte> proof) => TenorVerifier.Verify(key, Content, proof);

    /// <summary>Whether an aggregate is about this statement among others. The aggregate itself is verified apart.</summary>
    /// <param name="keys">The key set, whose root the caller trusts.</param>
    /// <param name="aggregate">The aggregate.</param>
    /// <param name="key">The key of this statement's program.</param>
    /// <param name="path">Where it stands in the aggregate.</param>
    /// <returns>What was found.</returns>
    public TenorVerification VerifyInclusion(TenorKeySet keys, TenorAggregate aggregate, TenorKey key, InclusionPath path) => TenorVerifier.VerifyInclusion(keys, aggregate, key, Content, path);

    /// <summary>A proof of this statement, to go into an aggregate.</summary>
    /// <param name="proof">The bytes of the proof's file.</param>
    /// <returns>The leaf.</returns>
    public TenorLeaf AsLeaf(byte[] proof) => TenorLeaf.Of(Content, proof);

    /// <summary>Writes the statement's file, whole or not at all. Nothing in it is private.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) => DurableFile.Write(path, Content.ToJson());

    /// <summary>Writes what a verifier needs besides the key: two files, <c>NAME.proof</c> and <c>NAME.json</c>.</summary>
    internal void SaveWith(byte[] proof, string name)
    {
        DurableFile.Write(name + ".proof", proof);
        Save(name + ".json");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Content.Program}.{Content.Function.Name}: {string.Join(", ", Content.OpenedTexts().Select(o => $"{o.Path} = {o.Text}"))}";

    /// <summary>Reads a statement's file by a key's ABI.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The key.</param>
    /// <param name="binding">What the bindings know.</param>
    /// <returns>The content.</returns>
    /// <exception cref="TenorException">The file cannot be read, or is no statement of the program.</exception>
    protected static TenorStatement Read(string path, TenorKey key, ProgramBinding binding)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(binding);
        binding.Check(key.Abi, null);
        return DurableFile.TryRead(path, TenorStatement.MaxFileSize, out var bytes, out var error) && TenorStatement.TryParse(bytes, key.Abi, path, out var statement, out error)
            ? statement
            : throw new TenorException(error);
    }

    /// <summary>A public value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="codec">The type's codec.</param>
    /// <param name="path">Its path.</param>
    /// <returns>The value.</returns>
    protected T Value<T>(ValueCodec<T> codec, string path)
    {
        ArgumentNullException.ThrowIfNull(codec);
        return codec.Read(path, Content.Opened);
    }
}

/// <summary>What the proof of a step says, typed; the base of generated statements of transitions.</summary>
public abstract class StepStatement : TypedStatement
{
    /// <summary>A statement with this content.</summary>
    /// <param name="binding">What the bindings know.</param>
    /// <param name="function">The transition it must be of.</param>
    /// <param name="content">The content.</param>
    protected StepStatement(ProgramBinding binding, string function, TenorStatement content)
        : base(binding, function, content)
    {
    }

    /// <summary>The root of the record before the step.</summary>
    public HashValue PreRoot => new(Content["preRoot"].Digest);

    /// <summary>The root of the record after the step.</summary>
    public HashValue PostRoot => new(Content["postRoot"].Digest);

    /// <summary>When the step was made.</summary>
    public TimeWindow Now => OpenedSlots.Window(Content["notBefore"].Number, Content["notAfter"].Number);

    /// <summary>The receipts, in order.</summary>
    public ImmutableArray<TenorReceipt> Receipts => OpenedSlots.Receipts(Content.Function, Content.Opened);

    /// <summary>The events, in order, made by a function of name and path.</summary>
    /// <typeparam name="TEvent">Their type.</typeparam>
    /// <param name="make">Makes an event of its name and the path of its fields.</param>
    /// <returns>The events.</returns>
    protected ImmutableArray<TEvent> EventsBy<TEvent>(Func<string, string, TEvent> make) => OpenedSlots.Events(Content.Function, Content.Opened, make);
}
