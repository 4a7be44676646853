namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 1: names.</content>
public static partial class DiagnosticTable
{
}
