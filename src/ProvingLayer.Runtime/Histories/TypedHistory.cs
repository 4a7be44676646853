using System.Collections.Immutable;
using ProvingLayer.Recursion;
using ProvingLayer.Runtime.Bindings;
using ProvingLayer.Runtime.Files;
using ProvingLayer.Runtime.Values;

namespace ProvingLayer.Runtime;

/// <summary>What a history says of one of its steps, typed; the base of generated ones.</summary>
public abstract class HistoryStep
{
    /// <summary>A step.</summary>
    /// <param name="content">What the history says.</param>
    protected HistoryStep(TenorStep content)
    {
        ArgumentNullException.ThrowIfNull(content);
        Content = content;
    }

    /// <summary>The step, untyped.</summary>
    public TenorStep Content { get; }

    /// <summary>When the step was made.</summary>
    public TimeWindow Now => OpenedSlots.Window(Content.NotBefore, Content.NotAfter);

    /// <summary>The receipts, in order.</summary>
    public ImmutableArray<TenorReceipt> Receipts => OpenedSlots.Receipts(Content.Function, Content.Opened);

    /// <inheritdoc/>
    public override string ToString() => $"{Content.Function.Name}: {string.Join(", ", Content.OpenedTexts().Select(o => $"{o.Path} = {o.Text}"))}";

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

    /// <summary>The events, in order, made by a function of name and path.</summary>
    /// <typeparam name="TEvent">Their type.</typeparam>
    /// <param name="make">Makes an event of its name and the path of its fields.</param>
    /// <returns>The events.</returns>
    protected ImmutableArray<TEvent> EventsBy<TEvent>(Func<string, string, TEvent> make) => OpenedSlots.Events(Content.Function, Content.Opened, make);
}

/// <summary>What the proof of a history says, typed, of whatever machine.</summary>
public interface IHistoryStatement
{
    /// <summary>The history as it is proved, untyped.</summary>
    TenorHistory Content { get; }
}

/// <summary>A history in one proof, typed: what goes into a step or claim that verifies it.</summary>
/// <typeparam name="THistory">What the proof says.</typeparam>
/// <param name="Statement">What the proof says.</param>
/// <param name="Proof">The bytes of the proof's file.</param>
public sealed record ProvedHistory<THistory>(THistory Statement, byte[] Proof)
    where THistory : IHistoryStatement;

/// <summary>What the proof of a history says, typed; the base of generated ones. Until <see cref="Verify"/> has accepted a proof of it, it is only what somebody says.</summary>
/// <typeparam name="TStep">The base of its steps.</typeparam>
public abstract class TypedHistory<TStep> : IHistoryStatement
    where TStep : HistoryStep
{
    /// <summary>A history with this content.</summary>
    /// <param name="binding">What the bindings know.</param>
    /// <param name="content">The content.</param>
    /// <param name="stepOf">Makes the typed form of a step.</param>
    /// <exception cref="TenorException">The content is another machine's.</exception>
    protected TypedHistory(ProgramBinding binding, TenorHistory content, Func<TenorStep, TStep> stepOf)
    {
        ArgumentNullException.ThrowIfNull(binding);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(stepOf);
        binding.Check(content.Abi, null);
        Content = content;
        Steps = [.. content.Steps.Select(stepOf)];
    }

    /// <summary>The history as it is proved, untyped.</summary>
    public TenorHistory Content { get; }

    /// <summary>Its steps, in order.</summary>
    public ImmutableArray<TStep> Steps { get; }

    /// <summary>The digest of the program's keys.</summary>
    public HashValue ProgramId => new(Content.ProgramId);

    /// <summary>The root of the record before the first step.</summary>
    public HashValue PreRoot => new(Content.PreRoot);

    /// <summary>The root of the record after the last step.</summary>
    public HashValue PostRoot => new(Content.PostRoot);

    /// <summary>All steps were made in this time.</summary>
    public TimeWindow Window => OpenedSlots.Window(Content.NotBefore, Content.NotAfter);

    /// <summary>Whether a proof shows this history under a key. Never throws on what it is given.</summary>
    /// <param name="key">The key, from someone whom the caller trusts.</param>
    /// <param name="proof">The bytes of the proof's file.</param>
    /// <returns>What was found.</returns>
    public TenorVerification Verify(TenorKey key, ReadOnlySpan<byte> proof) => TenorVerifier.Verify(key, Content, proof);

    /// <summary>Whether an aggregate is about this history among others. The aggregate itself is verified apart.</summary>
    /// <param name="keys">The key set, whose root the caller trusts.</param>
    /// <param name="aggregate">The aggregate.</param>
    /// <param name="key">The key of this history's machine.</param>
    /// <param name="path">Where it stands in the aggregate.</param>
    /// <returns>What was found.</returns>
    public TenorVerification VerifyInclusion(TenorKeySet keys, TenorAggregate aggregate, TenorKey key, InclusionPath path) => TenorVerifier.VerifyInclusion(keys, aggregate, key, Content, path);

    /// <summary>A proof of this history, to go into an aggregate.</summary>
    /// <param name="proof">The bytes of the proof's file.</param>
    /// <returns>The leaf.</returns>
    public TenorLeaf AsLeaf(byte[] proof) => TenorLeaf.Of(Content, proof);

    /// <summary>Whether this segment continues another: same program, and its first root and log are the other's last.</summary>
    /// <param name="earlier">The segment before.</param>
    /// <returns>Whether it does.</returns>
    public bool Continues(TypedHistory<TStep> earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return Content.Continues(earlier.Content);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Content.Abi.Name}: {Steps.Length} steps";

    /// <summary>Reads a history's file by a key's ABI.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The key.</param>
    /// <param name="binding">What the bindings know.</param>
    /// <returns>The content.</returns>
    /// <exception cref="TenorException">The file cannot be read, or is no history of the machine.</exception>
    protected static TenorHistory Read(string path, TenorKey key, ProgramBinding binding)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(binding);
        binding.Check(key.Abi, null);
        return DurableFile.TryRead(path, TenorHistory.MaxFileSize, out var bytes, out var error) && TenorHistory.TryParse(bytes, key.Abi, path, out var history, out error)
            ? history
            : throw new TenorException(error);
    }
}
