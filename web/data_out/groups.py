"""The groups of addresses that programs take data from, in the order in which they are tried."""

from __future__ import annotations

from fastapi import APIRouter

from web.data_out import api_documents, api_page, api_procedures, api_public, atom_feeds, download_page, linked_pages, site_map

DATA_OUT: tuple[APIRouter, ...] = (
    linked_pages.router,
    api_public.router,
    api_procedures.router,
    api_documents.router,
    api_page.router,
    atom_feeds.router,
    download_page.router,
    site_map.router,
)
