namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 7: verify, circuit and cost.</content>
public static partial class DiagnosticTable
{
}
