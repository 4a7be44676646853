using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Runtime.Values;

namespace ProvingLayer.Runtime;

/// <summary>What a step's opened values say, whether they stand in its own statement or in that of a history.</summary>
internal static class OpenedSlots
{
    public static ImmutableArray<TenorReceipt> Receipts(AbiFunction function, IReadOnlyDictionary<string, Scalar> opened) =>
    [
        .. function.Receipts
            .Select((slot, i) => (Slot: slot, Path: $"receipts.{i}"))
            .Where(r => opened[$"{r.Path}.taken"].IsTrue)
            .Select(r => new TenorReceipt(
                r.Slot.Asset, new(opened[$"{r.Path}.party"].Digest), (UInt128)opened[$"{r.Path}.amount"].Number, r.Slot.Direction == AbiDirection.In) { Issue = IssueOf(r.Slot.Direction) }),
    ];

    private static TenorIssue IssueOf(AbiDirection direction) => direction switch
    {
        AbiDirection.Mint => TenorIssue.Mint,
        AbiDirection.Burn => TenorIssue.Burn,
        _ => TenorIssue.None,
    };

    public static ImmutableArray<TEvent> Events<TEvent>(AbiFunction function, IReadOnlyDictionary<string, Scalar> opened, Func<string, string, TEvent> make) =>
    [
        .. function.Events
            .Select((slot, i) => (slot.Name, Path: $"events.{i}"))
            .Where(e => opened[$"{e.Path}.taken"].IsTrue)
            .Select(e => make(e.Name, e.Path)),
    ];

    public static TimeWindow Window(BigInteger notBefore, BigInteger notAfter) =>
        new(DateTimeOffset.FromUnixTimeSeconds((long)notBefore), DateTimeOffset.FromUnixTimeSeconds((long)notAfter));
}
